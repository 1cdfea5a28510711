using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary><c>host watch --project</c>: from saving a source to the run of what was built from it.</summary>
/// <remarks>What is the same for libraries and managed assemblies is shown with these: they are built in a third of the time.</remarks>
public class ProjectWatchTests
{
    [Fact]
    public void A_saved_source_is_built_as_a_publish_would_and_runs_with_the_state_and_an_error_in_it_is_shown()
    {
        using var project = new PluginProject("watched_project");
        project.Save("first");
        using var watched = new Watched(project.EnvironmentWithData(out string data), "--project", project.Path);
        Assert.Equal("first 1\n", watched.WaitForRun(1));

        project.SaveText("class Broken {");
        JsonElement failed = watched.WaitFor("reload_failed", 2);
        project.Save("second");

        Assert.Equal("second 2\n", watched.WaitForRun(2));
        JsonElement building = watched.WaitFor("building", 2);
        Assert.True(building.GetProperty("build").GetString() == "sources", $"{building}");
        Assert.Equal("NP8011", failed.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("Plugin.cs(1,15): error CS1513", failed.GetProperty("error").GetProperty("found").GetString(), StringComparison.Ordinal);
        JsonElement times = watched.WaitFor("reloaded", 2).GetProperty("phase_ms");
        Assert.True(times.GetProperty("build").GetDouble() > 0 && times.GetProperty("notice").GetDouble() > 0);
        byte[] library = File.ReadAllBytes(Assert.Single(Directory.GetFiles(data, "libwatched_project.so", SearchOption.AllDirectories), path => path.Contains("/publish/", StringComparison.Ordinal)));
        watched.End();
        string published = Repository.PathOf("artifacts/projects/watched_project/published");
        project.Publish(published);
        Assert.True(library.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(published, "libwatched_project.so"))), "the library is another one than that of a publish");
    }

    [Fact]
    public void A_build_that_could_not_take_over_is_taken_when_it_is_saved_again()
    {
        using var project = new PluginProject("refusing_project");
        using var scratch = new Scratch();
        string obstacle = scratch.Write("obstacle", "");
        project.Save("first");
        using var watched = Watched.ByTool(PluginProject.Environment, "--project", project.Path);
        watched.WaitForRun(1);

        project.Save("second", refusesBeside: obstacle);
        Assert.Equal("NP7006", watched.WaitFor("reload_failed", 2).GetProperty("error").GetProperty("code").GetString());
        File.Delete(obstacle);
        project.Save("second", refusesBeside: obstacle);

        Assert.Equal("second 2\n", watched.WaitForRun(2));
        watched.End();
    }

    [Fact]
    public void What_the_build_itself_writes_starts_no_build_and_what_is_saved_does()
    {
        using var project = new PluginProject("stamping_project", """
            <Target Name="Stamp" BeforeTargets="BeforeBuild;CoreCompile">
              <WriteLinesToFile File="Generated.cs" Lines="internal static class Stamp { public const string At = &quot;$([System.DateTime]::UtcNow.Ticks)&quot;%3B }" Overwrite="true" />
              <WriteLinesToFile File="build.log" Lines="$([System.DateTime]::UtcNow.Ticks)" />
              <ItemGroup><Compile Remove="Generated.cs" /><Compile Include="Generated.cs" /></ItemGroup>
            </Target>
            """);
        project.Save("first");
        using var watched = Watched.ByTool(PluginProject.Environment, "--project", project.Path);
        Assert.Equal("first 1\n", watched.WaitForRun(1));

        project.Save("second");

        Assert.Equal("second 2\n", watched.WaitForRun(2));
        watched.End();
    }

    [Fact]
    public void A_source_outside_of_the_projects_directory_is_watched_too()
    {
        using var project = new PluginProject("linking_project", """<ItemGroup><Compile Include="../shared_source/Word.cs" /></ItemGroup>""");
        using var shared = new PluginProject("shared_source");
        shared.SaveText("Word.cs", """internal static class Word { public const string Text = "first"; }""");
        project.Save("{Word.Text}");
        using var watched = Watched.ByTool(PluginProject.Environment, "--project", project.Path);
        Assert.Equal("first 1\n", watched.WaitForRun(1));

        shared.SaveText("Word.cs", """internal static class Word { public const string Text = "second"; }""");

        Assert.Equal("second 2\n", watched.WaitForRun(2));
        watched.End();
    }

    [Fact]
    public void Its_end_leaves_nothing_of_a_build_that_is_under_way()
    {
        using var project = new PluginProject("killed_project");
        project.Save("first");
        using var watched = new Watched(PluginProject.Environment, "--project", project.Path);
        int publish = watched.WaitForProcess("publish");
        int[] all = ProcessTable.DescendantsOf(watched.Id);

        watched.Signal("KILL");

        ProcessTable.WaitForEnd(publish);
        Assert.All(all, ProcessTable.WaitForEnd);
    }

    [Fact]
    public void A_plugin_in_C_is_built_by_the_command_that_its_file_names()
    {
        using var scratch = new Scratch();
        string source = scratch.Write("greeting.c", Greeting("first"));
        string recipe = scratch.Write(
            "plugin.build.json", $$"""{"command": "cc -shared -fPIC '-I{{Repository.PathOf("abi")}}' -o libgreeting.so greeting.c", "library": "libgreeting.so"}""");
        using var watched = new Watched(PluginProject.Environment, "--project", recipe);
        Assert.Equal("first", watched.WaitForRun(1));

        File.WriteAllText(source, "int broken(");
        JsonElement failed = watched.WaitFor("reload_failed", 2);
        File.WriteAllText(source, Greeting("second"));

        Assert.Equal("second", watched.WaitForRun(2));
        Assert.Contains("greeting.c:1:", failed.GetProperty("error").GetProperty("found").GetString(), StringComparison.Ordinal);
        watched.End();
    }

    [Fact]
    public void A_project_that_is_not_there_is_refused() =>
        Assert.Equal("NP8009", HostProcess.Run("watch", "--json", "--project", "nowhere.csproj").Exits(66).ErrorObject.GetProperty("code").GetString());

    private static string Greeting(string word) => $$"""
        #include "native_plugins_plugin.h"

        static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status, const np_error_sink *error) {
            (void)context;
            (void)error;
            *exit_status = 0;
            return np_write(call->output, NP_TEXT("{{word}}"));
        }

        static const np_command command = {sizeof(np_command), 0, NULL, run};

        NP_PLUGIN("greeting", "Greeting", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_SERVICE(NP_COMMAND_ID, command));

        """;
}
