using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>The published logpipe, which writes to a file, and copies of its plugins, which can be replaced meanwhile.</summary>
internal sealed class LogPipeRun : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly string _plugins;
    private readonly string[] _settings;

    /// <param name="settings">More of the configuration: <c>Pipeline:Sources:0=-</c>.</param>
    public LogPipeRun(params string[] settings)
    {
        _plugins = _scratch.Folder("plugins");
        foreach (string file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Repository.LogPipe)!, "plugins")))
        {
            File.Copy(file, Path.Combine(_plugins, Path.GetFileName(file)));
        }

        Target = _scratch.PathOf("records.jsonl");
        _settings = [$"NativePlugins:Directories:0={_plugins}", $"NativePlugins:Reload:StagingDirectory={_scratch.Folder("staging")}", .. settings];
    }

    /// <summary>Where the sink writes to.</summary>
    public string Target { get; init; }

    public JsonElement[] Records => [.. File.ReadAllLines(Target).Select(line => JsonDocument.Parse(line).RootElement)];

    public string PathOf(string name) => _scratch.PathOf(name);

    public string Write(string name, params IEnumerable<string> lines) => _scratch.Write(name, string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Starts it with its log on standard output, where a test can wait for it.</summary>
    public HostProcess Start(params IEnumerable<string> more) => HostProcess.Start(
        "sh", new HostEnvironment(),
        ["-c", "exec \"$0\" \"$@\" 2>&1", Repository.LogPipe, .. _settings.Append($"Plugins:jsonl:path={Target}").Concat(more).Select(setting => $"--{setting}")]);

    /// <summary>Runs it to its end with these lines on its standard input.</summary>
    public HostResult Run(params IEnumerable<string> lines)
    {
        using HostProcess process = Start();
        Feed(process, lines);
        return process.WaitForEnd();
    }

    public static void Feed(HostProcess process, params IEnumerable<string> lines) => process.Input.Write(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Installs another build of a plugin over it: its bytes are others, and what it does is the same.</summary>
    public void Replace(string plugin, int build)
    {
        string library = Path.Combine(_plugins, $"lib{plugin}.so");
        File.WriteAllBytes(library + ".new", [.. File.ReadAllBytes(library), (byte)build]);
        File.Move(library + ".new", library, overwrite: true);
    }

    public void Dispose() => _scratch.Dispose();
}
