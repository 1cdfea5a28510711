namespace NativePlugins.EndToEnd.Tests;

/// <summary>A generation takes the place of another, between calls.</summary>
public class ReloadTests
{
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
