namespace NativePlugins.EndToEnd.Tests;

/// <summary>A generation takes the place of another while the application goes on.</summary>
public class ReloadTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_new_generation_serves_and_has_the_state_of_the_old_one()
    {
        using var installed = new Installed();
        Assert.Equal("generation 1, run 1\n", installed.Run());
        installed.Install(2);

        PluginReload reload = installed.Plugin.Reload();

        Assert.Equal("generation 2, run 2\n", installed.Run());
        Assert.Equal((2, 2, 4L), (reload.Generation, installed.Plugin.Generation, reload.StateSize));
    }

    [Fact]
    public void A_retired_plugin_in_C_is_no_longer_mapped()
    {
        using var installed = new Installed();
        installed.Install(2);

        PluginReload reload = installed.Plugin.Reload();

        Assert.Equal(new PluginRetirement(1, PluginRetiredImage.Unmapped, null), reload.Retirement);
        string mapped = Assert.Single(File.ReadLines("/proc/self/maps")
            .Where(line => line.Contains(installed.Staging, StringComparison.Ordinal)).Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct());
        Assert.Equal([mapped], Directory.GetFiles(installed.Staging, "*.so", SearchOption.AllDirectories));
    }

    [Fact]
    public unsafe void A_service_that_the_application_holds_leads_to_the_new_generation()
    {
        using var installed = new Installed();
        PluginService service = installed.Plugin.GetService("test.add/1");
        Assert.Equal(103, Add(service));
        installed.Install(2);

        installed.Plugin.Reload();

        Assert.Equal(203, Add(service));
        Assert.Same(service, installed.Plugin.GetService("test.add/1"));
    }

    [Fact]
    public async Task Events_tell_what_happens_in_order_with_times_by_phase()
    {
        using var installed = new Installed();
        var events = new List<string>();
        PluginReloadTimings? timings = null;
        installed.Plugin.Reloading += (_, args) => events.Add($"reloading {args.Generation}");
        installed.Plugin.Reloaded += (_, args) =>
        {
            timings = args.Reload.Timings;
            events.Add($"reloaded {args.Reload.Generation}, {installed.Run()}");
        };
        installed.Plugin.Retired += (_, args) => events.Add($"retired {args.Retirement.Generation}");
        installed.Install(2);

        await installed.Plugin.ReloadAsync();

        Assert.Equal(["reloading 2", "reloaded 2, generation 2, run 1\n", "retired 1"], events);
        Assert.All(
            [PluginReloadPhase.Verify, PluginReloadPhase.Stage, PluginReloadPhase.Load, PluginReloadPhase.Drain, PluginReloadPhase.Migrate],
            phase => Assert.NotEqual(TimeSpan.Zero, timings![phase]));
        Assert.True(timings!.GateClosed < timings.UntilServing);
    }

    [Fact]
    public void What_happens_once_the_gate_is_open_is_not_counted_as_closed()
    {
        using var installed = new Installed();
        TimeSpan closed = default;
        installed.Plugin.Reloaded += (_, args) => closed = args.Reload.Timings.GateClosed;
        installed.Install(2);

        PluginReload reload = installed.Plugin.Reload();

        Assert.Equal(closed, reload.Timings.GateClosed);
    }

    [Fact]
    public void A_handler_can_veto()
    {
        using var installed = new Installed();
        installed.Plugin.Reloading += (_, args) => args.Cancel("not \u001b[31mnow");

        PluginReloadVetoedException veto = installed.RefuseReload<PluginReloadVetoedException>(2);

        Assert.Equal("not \\u001B[31mnow", veto.Found);
    }

    [Fact]
    public void A_handler_that_throws_fails_the_reload()
    {
        using var installed = new Installed();
        installed.Plugin.Reloading += (_, _) => throw new InvalidDataException("no");

        installed.RefuseReload<InvalidDataException>(2);
    }

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

    [Fact]
    public void A_plugin_that_is_stopped_is_replaced_by_one_that_is_not_started()
    {
        using var installed = new Installed();
        installed.Run();
        installed.Plugin.Stop();
        installed.Install(2);

        installed.Plugin.Reload();

        Assert.Equal(PluginState.Created, installed.Plugin.State);
        installed.Plugin.Start();
        Assert.Equal("generation 2, run 2\n", installed.Run());
    }

    [Fact]
    public void Without_the_option_a_plugin_is_not_reloadable()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("echo"));

        Assert.Equal("NP7009", Assert.Throws<PluginNotReloadableException>(() => plugin.Reload()).Code);
    }

    [Fact]
    public void A_disposed_plugin_is_not_reloaded()
    {
        using var installed = new Installed();
        installed.Plugin.Dispose();

        Assert.Throws<PluginStateException>(() => installed.Plugin.Reload());
    }

    [Fact]
    public void Cancelling_before_calls_wait_leaves_the_old_generation()
    {
        using var installed = new Installed();
        using var cancellation = new CancellationTokenSource();
        installed.Plugin.Reloading += (_, _) => cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => installed.Plugin.Reload(cancellation.Token));

        Assert.Equal("generation 1, run 1\n", installed.Run());
    }

    [Fact]
    public void A_hundred_reloads_leave_one_mapping_and_lose_no_run()
    {
        using var installed = new Installed();
        for (int i = 0; i < 100; i++)
        {
            installed.Run();
            installed.Install(1 + (i % 2));
            Assert.Equal(PluginRetiredImage.Unmapped, installed.Plugin.Reload().Retirement!.Image);
        }

        Assert.Equal("generation 2, run 101\n", installed.Run());
        Assert.Equal(101, installed.Plugin.Generation);
    }

    private static unsafe int Add(PluginService service)
    {
        using PluginServiceLease lease = service.Enter();
        var table = (AddTable*)lease.Table;
        return table->Add(table->Context, 1, 2);
    }
}
