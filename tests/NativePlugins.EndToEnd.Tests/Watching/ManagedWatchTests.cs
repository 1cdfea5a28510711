using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary><c>nplugin watch --project</c>: the managed assembly, compiled without MSBuild while only sources change.</summary>
/// <remarks>Tests with a project of the same name find what the one before has built, which saves seconds.</remarks>
public class ManagedWatchTests
{
    [Fact]
    public void A_saved_source_is_compiled_and_runs_with_the_state_and_an_error_in_it_is_shown()
    {
        using var project = new PluginProject("managed_project");
        project.Save("first");
        using var watched = Watched.ByTool(PluginProject.Environment, "--project", project.Path);
        Assert.Equal("first 1\n", watched.WaitForRun(1));

        project.SaveText("class Broken {");
        JsonElement failed = watched.WaitFor("reload_failed", 2);
        project.Save("second");

        Assert.Equal("second 2\n", watched.WaitForRun(2));
        Assert.Equal("sources", watched.WaitFor("building", 2).GetProperty("build").GetString());
        Assert.Contains("Plugin.cs(1,15): error CS1513", failed.GetProperty("error").GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.Equal("unmapped", watched.WaitFor("retired", 1).GetProperty("image").GetString());
        watched.End();
    }

    [Fact]
    public void A_change_of_the_project_file_builds_all_of_it()
    {
        using var project = new PluginProject("managed_and_changed", "<PropertyGroup><DefineConstants>$(DefineConstants);WORD_A</DefineConstants></PropertyGroup>");
        project.Save("first");
        using var watched = Watched.ByTool(PluginProject.Environment, "--project", project.Path);
        watched.WaitForRun(1);
        project.SaveText("Word.cs", "internal static class Word { public static string Text => \"other\"; }");
        project.Save("{Word.Text}");
        watched.WaitFor("reload_failed", 2);

        File.WriteAllText(project.Path, File.ReadAllText(project.Path).Replace("Include=\"Plugin.cs\"", "Include=\"Plugin.cs;Word.cs\"", StringComparison.Ordinal));

        Assert.Equal("other 2\n", watched.WaitForRun(2));
        watched.End();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public void Its_end_leaves_no_compiler(string signal)
    {
        using var project = new PluginProject("managed_project");
        project.Save("first");
        using var watched = Watched.ByTool(PluginProject.Environment, "--project", project.Path);
        watched.WaitForRun(1);
        int guard = WaitForChild(watched.Id);
        int server = WaitForChild(guard);

        watched.Signal(signal);

        ProcessTable.WaitForEnd(guard);
        ProcessTable.WaitForEnd(server);
        Assert.Empty(Directory.GetFiles("/tmp", $"native-plugins-{watched.Id}-*"));
    }

    private static int WaitForChild(int process)
    {
        long limit = Environment.TickCount64 + 60_000;
        int[] children;
        while ((children = Children(process)).Length == 0)
        {
            Assert.True(Environment.TickCount64 < limit, $"the process {process} has started none");
            Thread.Sleep(1);
        }

        return children[0];
    }

    // The compiler that it starts for the first time, to warm the server up, comes and goes.
    private static int[] Children(int process) =>
        [.. ProcessTable.ChildrenOf(process).Where(child => File.ReadAllText($"/proc/{child}/cmdline").Contains("VBCSCompiler", StringComparison.Ordinal))];
}
