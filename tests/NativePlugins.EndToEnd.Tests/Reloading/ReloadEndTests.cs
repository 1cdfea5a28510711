namespace NativePlugins.EndToEnd.Tests;

/// <summary>A plugin that is disposed of while it is being reloaded.</summary>
public class ReloadEndTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Disposing_of_the_plugin_inside_a_handler_of_its_reload_ends_the_reload()
    {
        using var installed = new Installed();
        installed.Plugin.Reloading += (_, _) => installed.Plugin.Dispose();
        installed.Install(2, "BALLAST=4194304");

        Assert.Throws<PluginStateException>(() => installed.Plugin.Reload());

        Assert.Equal(PluginState.Disposed, installed.Plugin.State);
    }

    [Fact]
    public void Disposing_of_the_host_ends_a_reload_that_is_held_and_leaves_no_copy()
    {
        using var installed = new Installed();
        using var held = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        Exception? failure = null, failureAtEnd = null;
        installed.Plugin.Reloading += (_, _) =>
        {
            held.Set();
            release.Wait();
        };
        installed.Plugin.ReloadFailed += (_, args) => failure = args.Error;
        installed.Install(2);
        var reloading = new Thread(() => Record.Exception(() => installed.Plugin.Reload()));
        reloading.Start();
        Assert.True(held.Wait(s_limit));
        var disposing = new Thread(() =>
        {
            installed.Host.Dispose();
            failureAtEnd = Volatile.Read(ref failure);
        });

        disposing.Start();
        Assert.True(SpinWait.SpinUntil(() => !disposing.IsAlive || disposing.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_limit));
        release.Set();

        Assert.True(disposing.Join(s_limit) && reloading.Join(s_limit));
        Assert.IsType<PluginStateException>(failureAtEnd);
        Assert.Equal(PluginState.Disposed, installed.Plugin.State);
        Assert.Empty(Directory.GetFileSystemEntries(Assert.Single(Directory.GetDirectories(installed.Staging))));
    }
}
