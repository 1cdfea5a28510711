namespace NativePlugins.EndToEnd.Tests;

/// <summary>A worker ends with its plugin and with its application.</summary>
public class EndTests
{
    [Theory]
    [InlineData("KILL", "slow_command", "waiting\n")]
    [InlineData("KILL", "stubborn_command", "running\n")]
    [InlineData("TERM", "slow_command", "waiting\n")]
    [InlineData("QUIT", "slow_command", "waiting\n")]
    public void Whatever_ends_the_application_ends_the_worker(string signal, string fixture, string ready)
    {
        using var scratch = new Scratch();
        Tool.Run("mkfifo", scratch.PathOf("fifo"));
        using HostProcess host = HostMode.Isolated.Start(NativeFixtures.PathOf(fixture), scratch.PathOf("fifo"));
        host.WaitForOutput(ready);
        int worker = Isolated.WorkersOf(host.Id, fixture).Single();

        host.Signal(signal);

        ProcessTable.WaitForEnd(worker);
    }

    [Fact]
    public void A_worker_that_the_application_does_not_hear_of_ends_with_the_thread_that_has_started_it()
    {
        using HostProcess host = HostMode.Isolated.Start(NativeFixtures.PathOf("slow_command"));
        host.WaitForOutput("waiting\n");
        int worker = Isolated.WorkersOf(host.Id, "slow_command").Single();
        Tool.Run("kill", "-s", "STOP", $"{worker}");

        host.Signal("KILL");

        ProcessTable.WaitForEnd(worker);
    }

    [Fact]
    public void Disposing_of_a_plugin_ends_its_worker()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();
        Plugin plugin = host.Load(scratch.Fixture("echo", "libdisposed.so"));
        int worker = Isolated.WorkersOf(Environment.ProcessId, "disposed").Single();

        plugin.Dispose();

        Assert.False(ProcessTable.IsAlive(worker));
    }

    [Fact]
    public void A_worker_that_crashes_after_its_plugins_end_is_told_of()
    {
        HostResult result = HostMode.Isolated.Run(NativeFixtures.PathOf("ends_badly"), "abort-at-exit").Exits(0);

        Assert.Contains("has failed after its plugin had been disposed of: signal 6 (SIGABRT) has ended it", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_does_not_end_is_ended_with_its_process_at_the_drain_deadline()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host(new PluginHostOptions { DrainDeadline = TimeSpan.FromMilliseconds(100) });
        Plugin plugin = host.Load(scratch.Fixture("ends_badly", "libendless.so"));
        using var isRunning = new ManualResetEventSlim();
        Task<int> call = Task.Factory.StartNew(
            () =>
            {
                isRunning.Set();
                return plugin.RunCommand(["loop"], TextWriter.Null, TextWriter.Null);
            },
            TaskCreationOptions.LongRunning);
        isRunning.Wait();

        plugin.Dispose();

        // It may also not have begun.
        Assert.IsAssignableFrom<PluginException>(Assert.Throws<AggregateException>(() => call.Result).InnerException);
        Assert.Empty(Isolated.WorkersOf(Environment.ProcessId, "endless"));
    }

    [Fact]
    public void A_plugin_that_was_not_loaded_leaves_no_worker()
    {
        using var scratch = new Scratch();
        using PluginHost host = Isolated.Host();

        Assert.Throws<PluginCreateFailedException>(() => host.Load(scratch.Fixture("create_fails")));

        Assert.Empty(Isolated.WorkersOf(Environment.ProcessId, "create_fails"));
    }
}
