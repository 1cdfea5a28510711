namespace NativePlugins.Host;

/// <content>What a plugin tells of: reloads, and the end of its process.</content>
public sealed partial class Plugin
{
    /// <summary>
    /// A reload has found a library that passes the checks, and is about to load it: this is the last moment to cancel. Raised on the
    /// thread of the reload. If a handler throws, the reload fails.
    /// </summary>
    public event EventHandler<PluginReloadingEventArgs>? Reloading
    {
        add => _events.Reloading += value;
        remove => _events.Reloading -= value;
    }

    /// <summary>
    /// A new generation serves, and the old one is about to be retired. Raised on the thread of the reload, like the two events below. If a
    /// handler of these three throws, the exception is logged.
    /// </summary>
    public event EventHandler<PluginReloadedEventArgs>? Reloaded
    {
        add => _events.Reloaded += value;
        remove => _events.Reloaded -= value;
    }

    /// <summary>A reload failed. The generation that served goes on.</summary>
    public event EventHandler<PluginReloadFailedEventArgs>? ReloadFailed
    {
        add => _events.ReloadFailed += value;
        remove => _events.ReloadFailed -= value;
    }

    /// <summary>A generation that was replaced is gone, or as far gone as it can be.</summary>
    public event EventHandler<PluginRetiredEventArgs>? Retired
    {
        add => _events.Retired += value;
        remove => _events.Retired -= value;
    }

    /// <summary>
    /// The process of the isolated plugin has ended without being asked to, and what <see cref="PluginWorkerOptions.Restart"/> says is about to be
    /// done; without that the event is never raised. It is raised once more when attempts to restart it have used up the limit. Raised on a thread of its own. If a handler throws, the exception is logged.
    /// </summary>
    public event EventHandler<PluginCrashedEventArgs>? Crashed
    {
        add => _events.Crashed += value;
        remove => _events.Crashed -= value;
    }
}
