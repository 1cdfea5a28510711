using System.Diagnostics;
using System.Text.Json;

namespace NativePlugins.Cli.Tests.Inspecting;

/// <summary>Several plugins, each of which brings a library with the SONAME libdep.so.</summary>
public sealed class PluginConflictTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-conflicts-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Plugins_that_bring_different_libraries_of_one_name_cannot_be_in_one_process()
    {
        string first = Plugin("first", value: 1), second = Plugin("second", value: 2);

        HostRun run = HostRun.Of("inspect", first, second);

        Assert.Equal(0, run.Status);
        Assert.EndsWith(
            $"not together in one process (NP7005):\n  {second} brings {Brought(second)},\n    {first} brings {Brought(first)}, which has other bytes\n",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Libraries_with_the_same_bytes_are_no_conflict()
    {
        Plugin("first", value: 1);
        Plugin("second", value: 1);

        Assert.DoesNotContain("NP7005", HostRun.Of("inspect", _directory).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void As_JSON_the_plugin_that_comes_later_has_the_conflict()
    {
        string first = Plugin("first", value: 1), second = Plugin("second", value: 2);

        string[] lines = HostRun.Of("inspect", "--json", first, second).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Empty(ConflictsOf(lines[0]));
        JsonElement conflict = Assert.Single(ConflictsOf(lines[1]));
        Assert.Equal("NP7005", conflict.GetProperty("code").GetString());
        Assert.Equal("libdep.so", conflict.GetProperty("name").GetString());
        Assert.Equal((first, Brought(first)), (conflict.GetProperty("other").GetString(), conflict.GetProperty("otherBrought").GetString()));
    }

    private static JsonElement[] ConflictsOf(string line) => [.. JsonDocument.Parse(line).RootElement.GetProperty("conflicts").EnumerateArray()];

    private static string Brought(string plugin) => Path.Combine(Path.GetDirectoryName(plugin)!, "libdep.so");

    private string Plugin(string name, int value)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_directory, name)).FullName;
        string library = Path.Combine(folder, "libdep.so");
        string plugin = Path.Combine(folder, $"lib{name}.so");
        Compile(library, $"int dep(void) {{ return {value}; }}", "-Wl,-soname,libdep.so", "-Wl,--build-id=none");
        Compile(plugin, "int dep(void); int np_plugin_entry_v1(const void **d) { *d = 0; return dep(); }", library, "-Wl,-rpath,$ORIGIN");
        return plugin;
    }

    private void Compile(string output, string source, params string[] options)
    {
        string input = Path.Combine(_directory, "source.c");
        File.WriteAllText(input, source);
        using Process process = Process.Start("gcc", ["-shared", "-fPIC", "-o", output, input, .. options]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
