namespace NativePlugins.EndToEnd.Tests;

/// <summary>A generation takes the place of another while calls are made, and when a call itself asks for it.</summary>
public class ReloadDuringCallsTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_call_that_arrives_waits_for_the_new_generation()
    {
        using var installed = new Installed();
        using var caller = new BlockedCall(installed.Plugin);
        installed.Install(2);
        Task<PluginReload> reload = installed.Plugin.ReloadAsync();
        var runs = new List<string>();
        var late = new Thread(() =>
        {
            do
            {
                runs.Add(installed.Run());
            }
            while (runs[^1].StartsWith("generation 1", StringComparison.Ordinal));
        });
        late.Start();
        Assert.True(SpinWait.SpinUntil(() => late.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_limit));

        caller.Release();

        Assert.Equal(2, (await reload).Generation);
        Assert.True(late.Join(s_limit));
        Assert.Equal("generation 1, run 1\n", caller.Output);
        Assert.Equal(runs.SkipLast(1).Select((_, i) => $"generation 1, run {i + 2}\n").Append($"generation 2, run {runs.Count + 1}\n"), runs);
    }

    [Fact]
    public async Task Without_patience_a_call_that_arrives_fails()
    {
        using var installed = new Installed(configure: options => options.Reload!.CallPatience = TimeSpan.Zero);
        using var caller = new BlockedCall(installed.Plugin);
        installed.Install(2);
        Task<PluginReload> reload = installed.Plugin.ReloadAsync();
        Exception? refusal = null;
        Assert.True(SpinWait.SpinUntil(() => (refusal = Record.Exception(installed.Run)) is not null, s_limit));

        Assert.Equal("NP7008", Assert.IsType<PluginReloadingException>(refusal).Code);
        caller.Release();
        Assert.Equal(2, (await reload).Generation);
    }

    [Fact]
    public async Task A_call_that_a_stopped_plugin_refuses_is_not_told_of_a_reload_when_it_is_started_meanwhile()
    {
        using var installed = new Installed();
        Task restarts = Task.Run(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                installed.Plugin.Stop();
                installed.Plugin.Start();
            }
        });

        var refusals = new HashSet<string>();
        while (!restarts.IsCompleted)
        {
            if (Record.Exception(installed.Run) is { } refusal)
            {
                refusals.Add(Assert.IsType<PluginException>(refusal, exactMatch: false).Code);
            }
        }

        await restarts;
        Assert.All(refusals, static code => Assert.Equal("NP5005", code));
    }

    [Fact]
    public void A_call_longer_than_the_deadline_keeps_the_old_generation()
    {
        using var installed = new Installed(configure: options => options.DrainDeadline = TimeSpan.FromMilliseconds(50));
        installed.Run();
        using var caller = new BlockedCall(installed.Plugin);
        installed.Install(2);

        Assert.Throws<PluginBusyException>(() => installed.Plugin.Reload());

        caller.Release();
        Assert.Equal("generation 1, run 2\n", caller.Output);
        Assert.Equal("generation 1, run 3\n", installed.Run());
        installed.Plugin.Reload();
        Assert.Equal("generation 2, run 4\n", installed.Run());
    }

    [Fact]
    public void A_hold_longer_than_the_deadline_keeps_the_old_generation()
    {
        using var installed = new Installed(configure: options => options.DrainDeadline = TimeSpan.FromMilliseconds(50));
        PluginServiceHold hold = installed.Plugin.GetService("test.add/1").Hold();

        installed.RefuseReload<PluginBusyException>(2);

        hold.Dispose();
        Assert.Equal(2, installed.Plugin.Reload().Generation);
        Assert.Equal(1, hold.Generation);
    }

    [Fact]
    public async Task A_reload_that_is_requested_inside_a_call_comes_after_it()
    {
        using var installed = new Installed();
        installed.Install(2);
        Task<PluginReload>? reload = null;
        var requesting = new CallbackStream(() => reload ??= installed.Plugin.ReloadAsync());

        installed.Plugin.RunCommand([], requesting, requesting);

        Assert.Equal("generation 1, run 1\n", requesting.Text);
        Assert.Equal(2, (await reload!).Generation);
        Assert.Equal("generation 2, run 2\n", installed.Run());
    }

    [Fact]
    public void Waiting_inside_the_call_for_the_reload_that_it_requested_ends_at_the_deadline()
    {
        using var installed = new Installed(configure: options => options.DrainDeadline = TimeSpan.FromMilliseconds(50));
        Exception? error = null;
        var waiting = new CallbackStream(() => error ??= Record.Exception(() => installed.Plugin.ReloadAsync().GetAwaiter().GetResult()));

        installed.Plugin.RunCommand([], waiting, waiting);

        Assert.IsType<PluginBusyException>(error);
        Assert.Equal("generation 1, run 2\n", installed.Run());
    }

    [Fact]
    public void A_blocking_reload_inside_a_call_is_refused()
    {
        using var installed = new Installed();
        Exception? error = null;
        var reloading = new CallbackStream(() => error ??= Record.Exception(() => installed.Plugin.Reload()));

        installed.Plugin.RunCommand([], reloading, reloading);

        Assert.Contains("from within", Assert.IsType<PluginBusyException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocking_reload_inside_a_handler_of_a_reload_is_refused()
    {
        using var installed = new Installed();
        Exception? error = null;
        installed.Plugin.Reloaded += (_, _) => error ??= Record.Exception(() => installed.Plugin.Reload());

        installed.Plugin.Reload();

        Assert.IsType<PluginBusyException>(error);
    }
}
