using Microsoft.Extensions.Logging;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Reload;

/// <summary>The events of a plugin's reloads, and their handlers. Thread-safe.</summary>
/// <param name="id">The plugin's id.</param>
/// <param name="logger">Told of handlers that throw.</param>
internal sealed class ReloadEvents(string id, ILogger logger)
{
    public event EventHandler<PluginReloadingEventArgs>? Reloading;

    public event EventHandler<PluginReloadedEventArgs>? Reloaded;

    public event EventHandler<PluginReloadFailedEventArgs>? ReloadFailed;

    public event EventHandler<PluginRetiredEventArgs>? Retired;

    public event EventHandler<PluginCrashedEventArgs>? Crashed;

    /// <summary>The sender that handlers see; set once, before the first reload.</summary>
    public object? Sender { get; set; }

    /// <summary>If a handler throws, so does this.</summary>
    public void OnReloading(PluginReloadingEventArgs args) => Reloading?.Invoke(Sender, args);

    public void OnReloaded(PluginReloadedEventArgs args) => Raise(Reloaded, args, nameof(Reloaded));

    public void OnReloadFailed(PluginReloadFailedEventArgs args) => Raise(ReloadFailed, args, nameof(ReloadFailed));

    public void OnRetired(PluginRetiredEventArgs args) => Raise(Retired, args, nameof(Retired));

    public void OnCrashed(PluginCrashedEventArgs args) => Raise(Crashed, args, nameof(Crashed));

    private void Raise<T>(EventHandler<T>? handlers, T args, string name)
    {
        try
        {
            handlers?.Invoke(Sender, args);
        }
        catch (Exception e)
        {
            Log.HandlerFailed(logger, id, name, e);
        }
    }
}
