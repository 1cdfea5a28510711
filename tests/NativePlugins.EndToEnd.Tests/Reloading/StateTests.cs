namespace NativePlugins.EndToEnd.Tests;

public abstract class StateTests
{
    private readonly HostMode _host;

    private protected StateTests(HostMode host) => _host = host;

    [Fact]
    public void State_of_64_MB_arrives_as_it_was_saved()
    {
        using Installed installed = Install("STATE_PADDING=67108864");
        installed.Run();
        installed.Install(2);

        PluginReload reload = installed.Plugin.Reload();

        Assert.Equal(67108868, reload.StateSize);
        Assert.Equal("generation 2, run 2\n", installed.Run());
    }

    [Fact]
    public void State_of_0_bytes_is_a_state()
    {
        using Installed installed = Install("STATE_PADDING=-1");
        installed.Run();
        installed.Install(2);

        Assert.Equal(0, installed.Plugin.Reload().StateSize);
        Assert.Equal("generation 2, run 1\n", installed.Run());
    }

    [Fact]
    public void A_newer_schema_takes_the_state_of_an_older_one()
    {
        using Installed installed = Install("STATE_VERSION=1");
        installed.Run();
        installed.Install(2, "STATE_VERSION=2");

        installed.Plugin.Reload();

        Assert.Equal("generation 2, run 2\n", installed.Run());
    }

    [Fact]
    public void A_plugin_without_state_starts_anew()
    {
        using Installed installed = Install("HAS_STATE=0");
        installed.Run();
        installed.Install(2);

        Assert.Null(installed.Plugin.Reload().StateSize);
        Assert.Equal("generation 2, run 1\n", installed.Run());
    }

    [Fact]
    public void State_may_be_lost_where_the_application_allows_it()
    {
        using Installed installed = Install(configure: options => options.Reload!.AllowStateLoss = true);
        installed.Run();
        installed.Install(2, "HAS_STATE=0");

        Assert.Null(installed.Plugin.Reload().StateSize);
        Assert.Equal("generation 2, run 1\n", installed.Run());
    }

    private Installed Install(string defines = "", Action<PluginHostOptions>? configure = null) => new(defines, options =>
    {
        options.Isolation = _host.Isolation;
        configure?.Invoke(options);
    });

    public sealed class InProcess() : StateTests(HostMode.InProcess);

    public sealed class Isolated() : StateTests(HostMode.Isolated);
}
