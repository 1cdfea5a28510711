namespace NativePlugins.Outside.Tests;

/// <summary>What goes wrong in a first hour, and what is said about it.</summary>
[Collection(OutsideTests.Name)]
public class WrongStepTests(OutsideDirectory outside)
{
    private const string Project = """<Project Sdk="NativePlugins.Sdk/VERSION"></Project>""";

    private const string Source = """
        using NativePlugins.Sdk;

        [Plugin("ID", Version = "1.0.0")]
        public sealed class Greeter : ICommand
        {
            public int Run(CommandContext context) => 0;
        }
        """;

    [AotFact("uname")]
    public void Without_a_linker_the_error_says_how_to_get_one()
    {
        string plugin = NewPlugin("no_linker");

        Outcome publish = outside.Run(plugin, new Dictionary<string, string> { ["PATH"] = PathWithoutLinkers() }, "dotnet", "publish");

        publish.FailedWith("error NPS104: NativeAOT links with clang or gcc, and neither is on the PATH.", "apt-get install gcc");
    }

    [Fact]
    public void When_NativeAOT_cannot_be_restored_it_is_said_what_it_is_and_where_it_comes_from()
    {
        string plugin = NewPlugin("no_packages");
        File.WriteAllText(Path.Combine(plugin, "nuget.config"), $"""
            <configuration><packageSources><clear /><add key="packed" value="{PackedFeed.Folder}" /></packageSources></configuration>
            """);
        var emptyCache = new Dictionary<string, string> { ["NUGET_PACKAGES"] = outside.PathOf("no_packages/cache") };

        Outcome build = outside.Run(plugin, emptyCache, "dotnet", "build", "-p:AotFramework=net9.0");

        build.FailedWith("NPS105: no_packages targets net9.0, and NativeAOT for it comes from NuGet", "set TargetFramework to the one that your source has", "NU110");
    }

    [AotFact]
    public void A_plugin_that_references_another_plugins_project_is_told_what_to_do_instead()
    {
        NewPlugin("first");
        string second = NewPlugin("second", """<ItemGroup><ProjectReference Include="../first/first.csproj" /></ItemGroup>""");

        outside.Dotnet(second, "build").FailedWith("error NPS106: This plugin references the project of another plugin: first.csproj.", "class library", "through a service");
    }

    [AotFact]
    public void A_plugin_may_be_built_after_another_one()
    {
        NewPlugin("before");
        string after = NewPlugin("after", """<ItemGroup><ProjectReference Include="../before/before.csproj" ReferenceOutputAssembly="false" /></ItemGroup>""");

        outside.Dotnet(after, "build").Succeeded();
    }

    [AotFact]
    public void A_plugin_without_tests_says_so()
    {
        string plugin = NewPlugin("no_tests");

        outside.Dotnet(plugin, "test").FailedWith("error NPS108: There are no tests", "no_tests.Tests.csproj");
    }

    [AotFact]
    public void A_host_that_is_not_there_is_named()
    {
        string plugin = NewPlugin("no_host", "<PropertyGroup><NativePluginsHost>/nowhere/host</NativePluginsHost></PropertyGroup>");

        outside.Dotnet(plugin, "run").FailedWith("NPS107: There is no host to run the plugin in: '/nowhere/host' does not exist.");
    }

    [AotFact]
    public void An_error_in_the_plugin_is_shown_by_run_as_build_shows_it()
    {
        string plugin = NewPlugin("broken");
        File.AppendAllText(Path.Combine(plugin, "Greeter.cs"), "\nclass Broken { int Value => \"text\"; }\n");

        outside.Dotnet(plugin, "run").FailedWith("Greeter.cs(8,", "error CS0029");
    }

    [Fact]
    public void Of_two_plugins_with_one_id_the_list_says_which_one_counts()
    {
        foreach (string folder in (string[])["one", "two"])
        {
            string directory = outside.NewDirectory($"same_id/{folder}");
            File.WriteAllText(Path.Combine(directory, Platform.Library(folder)), "");
            File.WriteAllText(Path.Combine(directory, Path.ChangeExtension(Platform.Library(folder), ".plugin.json")), Manifest("same", Platform.Library(folder), manifestVersion: 1));
        }

        Outcome list = outside.Run(outside.PathOf("same_id"), outside.Tool, "list", "one", "two");

        Assert.Contains($"shadowed by {outside.PathOf("same_id/one")}", list.Output, StringComparison.Ordinal);
    }

    [ProgramFact("cc")]
    public void A_plugin_of_a_newer_SDK_is_refused_with_both_versions()
    {
        string directory = outside.NewDirectory("newer");
        string library = Path.Combine(directory, Platform.Library("newer"));
        string source = Path.Combine(directory, "newer.c");
        File.WriteAllText(source, "int np_plugin_entry_v2(const void **description) { (void)description; return -1; }\n");
        outside.Run(directory, "cc", "-shared", "-fPIC", "-o", library, source).Succeeded();

        outside.Run(directory, outside.Tool, library).FailedWith("NP2008", "major version 1 (np_plugin_entry_v1)", "major version 2", "Use a host that speaks the plugin's version");
    }

    [Fact]
    public void A_manifest_of_a_newer_SDK_is_refused_with_both_versions()
    {
        string directory = outside.NewDirectory("newer_manifest");
        File.WriteAllText(Path.Combine(directory, Platform.Library("newer")), "");
        File.WriteAllText(Path.Combine(directory, Path.ChangeExtension(Platform.Library("newer"), ".plugin.json")), Manifest("newer", Platform.Library("newer"), manifestVersion: 2));

        outside.Run(directory, outside.Tool, "list", directory, "--json").FailedWith("NP4004", "\"expected\":\"manifestVersion 1\",\"found\":\"2\"");
    }

    private static string Manifest(string id, string library, int manifestVersion) => $$"""
        {
          "manifestVersion": {{manifestVersion}}, "id": "{{id}}", "name": "{{id}}", "version": "1.0.0", "abi": "1.0", "services": [],
          "language": "C", "runtime": "none", "runtimeVersion": "", "rid": "{{Platform.Rid}}", "library": "{{library}}", "files": []
        }
        """;

    private string NewPlugin(string id, string inProject = "")
    {
        string folder = outside.NewDirectory(id);
        File.WriteAllText(Path.Combine(folder, $"{id}.csproj"), Project.Replace("VERSION", PackedFeed.Version, StringComparison.Ordinal).Replace("><", $">{inProject}<", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "Greeter.cs"), Source.Replace("ID", id, StringComparison.Ordinal));
        return folder;
    }

    // The programs that a publish needs, and no compiler.
    private string PathWithoutLinkers()
    {
        string folder = outside.NewDirectory("path");
        foreach (string program in (string[])["dotnet", "sh", "uname", "sed", "chmod"])
        {
            File.CreateSymbolicLink(Path.Combine(folder, program), ProgramFactAttribute.Find(program)!);
        }

        return folder;
    }
}
