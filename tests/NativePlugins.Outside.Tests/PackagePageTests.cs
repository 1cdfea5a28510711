using System.IO.Compression;
using System.Text.RegularExpressions;

namespace NativePlugins.Outside.Tests;

/// <summary>What the pages of the packages tell a reader to type, typed as it stands there.</summary>
[Collection(OutsideTests.Name)]
public partial class PackagePageTests(OutsideDirectory outside)
{
    [AotFact("sh")]
    public void The_commands_of_the_templates_page_make_test_run_and_publish_a_plugin()
    {
        string folder = outside.NewDirectory("templates_page");

        Outcome outcome = Type(folder, Commands("NativePlugins.Templates", "README.md")).Succeeded();

        Assert.Contains("Passed:     4", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\nHello, Ada!\n", outcome.Output, StringComparison.Ordinal);
        string publish = Path.Combine(folder, "Hello", "bin", "Release", "net10.0", Platform.Rid, "publish");
        Assert.Equal(["libHello.plugin.json", "libHello.so", "libHello.so.dbg"], Directory.GetFileSystemEntries(publish).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_commands_of_the_SDKs_page_are_the_first_of_the_templates_page()
    {
        string[] sdk = Commands("NativePlugins.Sdk", "README.md").Split('\n'), templates = Commands("NativePlugins.Templates", "README.md").Split('\n');

        Assert.Equal(templates[..3], sdk[..3]);
        Assert.Equal("dotnet run", sdk[3]);
    }

    [AotFact("sh")]
    public void The_commands_of_the_tools_page_install_it_and_show_a_plugin()
    {
        outside.Dotnet(outside.Hello, "publish").Succeeded();
        string publish = Path.Combine(outside.Hello, "bin", "Release", "net10.0", Platform.Rid, "publish");
        string folder = outside.NewDirectory("tools_page"), plugins = outside.NewDirectory("tools_page/plugins");
        File.Copy(Path.Combine(publish, "libHello.so"), Path.Combine(folder, "libhello.so"));
        File.Copy(Path.Combine(publish, "libHello.so"), Path.Combine(plugins, "libHello.so"));
        File.Copy(Path.Combine(publish, "libHello.plugin.json"), Path.Combine(plugins, "libHello.plugin.json"));

        Outcome outcome = Type(folder, Commands("NativePlugins.Tool", "README.md")).Succeeded();

        Assert.Contains("Hello, Ada!", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("NP2007: Not a plugin", outcome.Output, StringComparison.Ordinal);
    }

    [ProgramFact("sh", "cmake", "make", "rustc")]
    public void The_commands_of_the_native_page_build_both_examples()
    {
        string folder = outside.NewDirectory("native_page");
        ZipFile.ExtractToDirectory(PackedFeed.PathOf("NativePlugins.Abi"), Path.Combine(folder, "abi"));
        string sdk = Path.Combine(folder, "abi", "native");
        string commands = string.Concat(IndentedLine().Matches(File.ReadAllText(Path.Combine(sdk, "README.md"))).Select(match => match.Groups[1].Value + "\n"));

        Type(Path.Combine(sdk, "examples"), $"SDK='{sdk}'\n{commands}").Succeeded();

        Assert.True(File.Exists(Path.Combine(sdk, "examples", "build", Platform.Library("hello_cpp"))));
        Assert.True(File.Exists(Path.Combine(sdk, "examples", Platform.Library("greeter"))));
    }

    // A home of its own: templates and tools are installed there.
    private Outcome Type(string directory, string commands)
    {
        string home = outside.NewDirectory("home");
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_CLI_HOME"] = home,
            ["PATH"] = $"{Path.Combine(home, ".dotnet", "tools")}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
        };
        return outside.Run(directory, environment, "sh", "-eu", "-c", commands);
    }

    private static string Commands(string id, string page)
    {
        using ZipArchive package = ZipFile.OpenRead(PackedFeed.PathOf(id));
        using var reader = new StreamReader(package.GetEntry(page)!.Open());
        return ShellBlock().Match(reader.ReadToEnd()).Groups[1].Value;
    }

    [GeneratedRegex("^```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("^    (.+)$", RegexOptions.Multiline)]
    private static partial Regex IndentedLine();
}
