using System.Globalization;
using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What can be seen of the processes of isolated plugins, from another process too.</summary>
public class WorkerListTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_worker_is_listed_with_what_it_is_and_what_it_uses()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host(new PluginHostOptions { ApplicationName = "lister" });
        Plugin plugin = host.Load(scratch.Fixture("status_64"));
        PluginWorkerInfo before = Assert.Single(OfThisProcess("status_64"));

        plugin.RunCommand(["7"], TextWriter.Null, TextWriter.Null);
        PluginWorkerInfo after = Assert.Single(OfThisProcess("status_64"));

        Assert.Equal(Isolated.WorkersOf(Environment.ProcessId, "status_64").Single(), after.ProcessId);
        Assert.Equal(("status_64", "1.0.0", 1, PluginWorkerState.Started, 0, "lister"),
            (after.PluginId, after.PluginVersion, after.Generation, after.State, after.Restarts, after.ApplicationName));
        Assert.InRange(after.PrivateMemory!.Value, 100_000, 1L << 30);
        Assert.InRange(after.ProcessorTime!.Value, before.ProcessorTime!.Value, s_limit);
        Assert.InRange(after.StartedAt, DateTimeOffset.UtcNow - s_limit, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.True(after.Calls > before.Calls);
    }

    [Fact]
    public void A_stopped_plugin_is_listed_as_created_and_a_disposed_one_no_more()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("status_64"));

        plugin.Stop();
        Assert.Equal(PluginWorkerState.Created, Assert.Single(OfThisProcess("status_64")).State);

        plugin.Dispose();
        Assert.Empty(OfThisProcess("status_64"));
    }

    [Fact]
    public void A_restart_is_counted_and_stays_counted_after_a_reload()
    {
        using var scratch = new Scratch();
        var options = new PluginHostOptions { Reload = new PluginReloadOptions() };
        options.Worker.Restart = new PluginRestartOptions();
        using PluginHost host = Isolated.Host(options);
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));
        using var isServing = new ManualResetEventSlim();
        plugin.Reloaded += (_, _) => isServing.Set();
        Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["abort"], TextWriter.Null, TextWriter.Null));
        Assert.True(isServing.Wait(s_limit));

        plugin.Reload();

        Assert.True(SpinWait.SpinUntil(() => OfThisProcess("ends_badly").Any(worker => worker is { Generation: 3, Restarts: 1 }), s_limit));
    }

    [Fact]
    public void The_command_ps_of_another_process_shows_it()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host(new PluginHostOptions { ApplicationName = "lister" });
        host.Load(scratch.Fixture("status_64"));
        string pid = Isolated.WorkersOf(Environment.ProcessId, "status_64").Single().ToString(CultureInfo.InvariantCulture);

        string[] lines = HostProcess.Run("ps").Exits(0).Output.Split('\n');
        string[] row = Assert.Single(lines, line => line.StartsWith(pid + "\t", StringComparison.Ordinal)).Split('\t');

        Assert.Equal("PID\tPLUGIN\tVERSION\tGENERATION\tSTATE\tMEMORY\tCPU\tCALLS\tRESTARTS\tSINCE\tAPPLICATION", lines[0]);
        Assert.Equal(["status_64", "1.0.0", "1", "started"], row[1..5]);
        Assert.Equal($"lister ({Environment.ProcessId})", row[^1]);
        JsonElement json = Assert.Single(
            HostProcess.Run("ps", "--json").Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement),
            element => element.GetProperty("pid").ToString() == pid);
        Assert.Equal(("status_64", Environment.ProcessId), (json.GetProperty("id").GetString(), json.GetProperty("applicationPid").GetInt32()));
    }

    [Fact]
    public void A_process_that_lies_lists_nothing()
    {
        using var scratch = new Scratch();
        string program = scratch.PathOf("status_liar");
        Tool.Run("cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, "tests/fixtures/isolation/status_liar.c");
        using HostProcess liar = HostProcess.Start(program, new HostEnvironment());
        liar.WaitForOutput("lying");

        IReadOnlyList<PluginWorkerInfo> workers = PluginWorkers.List();

        liar.Signal("TERM");
        Assert.DoesNotContain(workers, worker => worker.ApplicationName == "liar");
    }

    private static PluginWorkerInfo[] OfThisProcess(string pluginId) =>
        [.. PluginWorkers.List().Where(worker => worker.ApplicationProcessId == Environment.ProcessId && worker.PluginId == pluginId)];
}
