using System.Collections.Concurrent;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A new process in the place of one that has crashed.</summary>
public class RestartTests
{
    // Long enough for any machine.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void After_a_crash_a_new_process_serves()
    {
        using var scratch = new Scratch();
        using PluginHost host = Host(new PluginRestartOptions());
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));
        using var isServing = new ManualResetEventSlim();
        plugin.Reloaded += (_, _) => isServing.Set();

        Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["abort"], TextWriter.Null, TextWriter.Null));

        Assert.True(isServing.Wait(s_limit));
        Assert.Equal((2, PluginState.Started, 0), (plugin.Generation, plugin.State, plugin.RunCommand([], TextWriter.Null, TextWriter.Null)));
    }

    [Fact]
    public void The_application_is_told_of_each_crash_and_of_the_one_after_which_nothing_is_started_any_more()
    {
        using var scratch = new Scratch();
        using PluginHost host = Host(new PluginRestartOptions { MaxRestarts = 2, Delay = TimeSpan.FromMilliseconds(1), Window = TimeSpan.FromDays(1) });
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));
        using var crashes = new BlockingCollection<PluginCrashedEventArgs>();
        plugin.Crashed += (_, crash) => crashes.Add(crash);
        for (int generation = 1; generation <= 3; generation++)
        {
            Assert.True(SpinWait.SpinUntil(() => plugin.Generation == generation, s_limit));
            Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["exit"], TextWriter.Null, TextWriter.Null));
        }

        PluginCrashedEventArgs[] told = [.. Enumerable.Range(0, 3).Select(_ => crashes.TryTake(out PluginCrashedEventArgs? crash, s_limit) ? crash : null!)];

        Assert.Equal([(1, TimeSpan.Zero), (2, TimeSpan.FromMilliseconds(1)), (3, null)], told.Select(crash => (crash.Generation, crash.RestartIn)));
        Assert.All(told, crash => Assert.Equal(5, Assert.IsType<PluginCrashedException>(crash.Error).ExitStatus));
        Assert.Equal(PluginState.Crashed, plugin.State);
    }

    [Fact]
    public void The_new_process_begins_with_the_state_that_was_saved_last()
    {
        using var scratch = new Scratch();
        using PluginHost host = Host(new PluginRestartOptions { MaxRestarts = int.MaxValue, Delay = TimeSpan.Zero, StateInterval = TimeSpan.FromMilliseconds(10) });
        Plugin plugin = host.Load(scratch.Copy(Repository.PathOf("dist/libcounter_c.so")));

        // A crash may come before a save: then it counts from 1 again, and one of the next ones comes after it.
        bool isKept = SpinWait.SpinUntil(
            () =>
            {
                string before = Installed.Run(plugin);
                int generation = plugin.Generation;
                Tool.Run("kill", "-s", "KILL", $"{Isolated.WorkersOf(Environment.ProcessId, "counter_c").Single()}");
                SpinWait.SpinUntil(() => plugin.Generation > generation, s_limit);
                return before != "run 1\n" && Installed.Run(plugin) != "run 1\n";
            },
            s_limit);

        Assert.True(isKept);
    }

    [Fact]
    public void A_plugin_that_is_disposed_of_is_not_started_again()
    {
        using var scratch = new Scratch();
        using PluginHost host = Host(new PluginRestartOptions());
        Plugin plugin = host.Load(scratch.Fixture("ends_badly", "libgone.so"));

        plugin.Dispose();

        Assert.Empty(Isolated.WorkersOf(Environment.ProcessId, "gone"));
        Assert.Equal((1, PluginState.Disposed), (plugin.Generation, plugin.State));
    }

    [Fact]
    public void A_call_that_takes_longer_than_it_may_ends_with_its_process()
    {
        using var scratch = new Scratch();
        var options = new PluginHostOptions();
        options.Worker.CallDeadline = TimeSpan.FromMilliseconds(50);
        using PluginHost host = Isolated.Host(options);
        Plugin plugin = host.Load(scratch.Fixture("ends_badly"));

        var crash = Assert.Throws<PluginCrashedException>(() => plugin.RunCommand(["loop"], TextWriter.Null, TextWriter.Null));

        Assert.Contains("a call took longer than 0.05 s", crash.Found, StringComparison.Ordinal);
    }

    private static PluginHost Host(PluginRestartOptions restart)
    {
        var options = new PluginHostOptions();
        options.Worker.Restart = restart;
        return Isolated.Host(options);
    }
}
