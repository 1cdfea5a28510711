namespace NativePlugins.EndToEnd.Tests;

public class StateTests
{
    [Fact]
    public void State_of_64_MB_arrives_as_it_was_saved()
    {
        using var installed = new Installed("STATE_PADDING=67108864");
        installed.Run();
        installed.Install(2);

        PluginReload reload = installed.Plugin.Reload();

        Assert.Equal(67108868, reload.StateSize);
        Assert.Equal("generation 2, run 2\n", installed.Run());
    }

    [Fact]
    public void State_of_0_bytes_is_a_state()
    {
        using var installed = new Installed("STATE_PADDING=-1");
        installed.Run();
        installed.Install(2);

        Assert.Equal(0, installed.Plugin.Reload().StateSize);
        Assert.Equal("generation 2, run 1\n", installed.Run());
    }

    [Fact]
    public void A_newer_schema_takes_the_state_of_an_older_one()
    {
        using var installed = new Installed("STATE_VERSION=1");
        installed.Run();
        installed.Install(2, "STATE_VERSION=2");

        installed.Plugin.Reload();

        Assert.Equal("generation 2, run 2\n", installed.Run());
    }

    [Fact]
    public void A_plugin_without_state_starts_anew()
    {
        using var installed = new Installed("HAS_STATE=0");
        installed.Run();
        installed.Install(2);

        Assert.Null(installed.Plugin.Reload().StateSize);
        Assert.Equal("generation 2, run 1\n", installed.Run());
    }

    [Fact]
    public void State_may_be_lost_where_the_application_allows_it()
    {
        using var installed = new Installed(configure: options => options.Reload!.AllowStateLoss = true);
        installed.Run();
        installed.Install(2, "HAS_STATE=0");

        Assert.Null(installed.Plugin.Reload().StateSize);
        Assert.Equal("generation 2, run 1\n", installed.Run());
    }
}
