namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin that is disposed of while it is being reloaded.</summary>
public class ReloadEndTests
{
    [Fact]
    public void Disposing_of_the_plugin_inside_a_handler_of_its_reload_ends_the_reload()
    {
        using var installed = new Installed();
        installed.Plugin.Reloading += (_, _) => installed.Plugin.Dispose();
        installed.Install(2, "BALLAST=4194304");

        Assert.Throws<PluginStateException>(() => installed.Plugin.Reload());

        Assert.Equal(PluginState.Disposed, installed.Plugin.State);
    }
}
