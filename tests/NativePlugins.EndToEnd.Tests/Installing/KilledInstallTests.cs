using System.Diagnostics;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Changes of a directory of plugins, each killed at some moment, while the plugin is run again and again.</summary>
public sealed class KilledInstallTests : IDisposable
{
    private const int Kills = 200;
    private const string Id = VersionedPlugin.Id;
    private static readonly string[] s_versions = ["1.0.0", "2.0.0"];

    private readonly Scratch _scratch = new();
    private readonly string _plugins;
    private readonly string _feed;

    public KilledInstallTests()
    {
        _plugins = _scratch.PathOf("plugins");
        _feed = _scratch.PathOf("feed");
        foreach (string version in s_versions)
        {
            VersionedPlugin.Pack(_scratch, _feed, version);
        }
    }

    [Fact]
    public async Task A_reader_always_finds_a_whole_version_and_the_next_change_leaves_nothing_behind()
    {
        Change("install", $"{Id}@1.0.0", "--source", _feed).Exits(0);
        Change("install", $"{Id}@2.0.0", "--source", _feed).Exits(0);
        var clock = Stopwatch.StartNew();
        Change("install", $"{Id}@1.0.0", "--source", _feed).Exits(0);
        TimeSpan length = clock.Elapsed;

        using var stop = new CancellationTokenSource();
        Task<(int Runs, List<string> Wrong)> reader = Task.Run(() => Read(stop.Token));
        try
        {
            var random = new Random(1);
            for (int i = 0; i < Kills; i++)
            {
                KillAfter(length * (random.NextDouble() * 1.2), Changes(random.Next(5)));
            }
        }
        finally
        {
            stop.Cancel();
        }

        (int runs, List<string> wrong) = await reader;
        Assert.Empty(wrong);
        Assert.NotEqual(0, runs);
        Change("install", $"{Id}@2.0.0", "--source", _feed).Exits(0);
        Change("verify").Exits(0);
        Assert.Equal("2.0.0\n", Run().Output);
        Assert.Equal([".store", "plugins.lock.json", Id], Names(_plugins));
        Assert.Equal(["lock", "versions"], Names(Path.Combine(_plugins, ".store")));
        Assert.Equal(s_versions, Names(Path.Combine(_plugins, ".store", "versions", Id)));
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>Each leaves the plugin installed.</summary>
    private string[] Changes(int which) => which switch
    {
        0 => ["install", $"{Id}@1.0.0", "--source", _feed],
        1 => ["install", $"{Id}@2.0.0", "--source", _feed],
        2 => ["install", "--rollback", Id],
        3 => ["update", Id],
        _ => ["restore"],
    };

    private void KillAfter(TimeSpan moment, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(Repository.Host, [.. arguments, "--plugin-dir", _plugins])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        while (clock.Elapsed < moment && !process.HasExited)
        {
            Thread.Yield();
        }

        process.Kill();
        process.WaitForExit();
    }

    private (int Runs, List<string> Wrong) Read(CancellationToken stop)
    {
        var wrong = new List<string>();
        int runs = 0;
        for (; !stop.IsCancellationRequested; runs++)
        {
            HostResult run = Run();
            if (run.Ended != "exit 0" || !s_versions.Contains(run.Output.TrimEnd('\n')))
            {
                wrong.Add(run.ToString());
            }
        }

        return (runs, wrong);
    }

    private static IEnumerable<string> Names(string directory) =>
        Directory.EnumerateFileSystemEntries(directory).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private HostResult Run() => HostProcess.Run("--plugin-dir", _plugins, Id);

    private HostResult Change(params string[] arguments) => HostProcess.Run([.. arguments, "--plugin-dir", _plugins]);
}
