using System.Diagnostics.CodeAnalysis;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>The plugins that were loaded when the application's host started. Thread-safe.</summary>
/// <remarks>
/// Loaded before any hosted service starts, and stopped after all of them have stopped. A single plugin can also be asked
/// for as a keyed service, with its id as the key: <c>[FromKeyedServices("greeter")] Plugin greeter</c>; but not by a hosted
/// service, which is made before the host starts.
/// </remarks>
public sealed class HostedPlugins
{
    private readonly PluginHost _host;
    private volatile IReadOnlyList<PluginException> _refusals = [];
    private volatile bool _isStarted;

    internal HostedPlugins(PluginHost host) => _host = host;

    /// <summary>The plugins that are loaded now, in the order of loading. They are the host's: do not dispose of them.</summary>
    public IReadOnlyList<Plugin> All => _host.Plugins;

    /// <summary>Why plugins that were found were not loaded, in the order in which they were found.</summary>
    public IReadOnlyList<PluginException> Refusals => _refusals;

    /// <summary>Whether the host has started, and what it loads is loaded.</summary>
    internal bool IsStarted => _isStarted;

    /// <summary>Finds a loaded plugin by its id.</summary>
    /// <returns>False when no such plugin is loaded.</returns>
    public bool TryGet(string id, [NotNullWhen(true)] out Plugin? plugin)
    {
        ArgumentNullException.ThrowIfNull(id);
        plugin = All.FirstOrDefault(loaded => loaded.Description.Id == id);
        return plugin is not null;
    }

    /// <summary>Returns a loaded plugin by its id.</summary>
    /// <exception cref="KeyNotFoundException">No such plugin is loaded.</exception>
    public Plugin Get(string id) =>
        TryGet(id, out Plugin? plugin) ? plugin : throw new KeyNotFoundException(
            _isStarted
                ? $"No plugin '{id}' is loaded; loaded are: {string.Join(", ", All.Select(loaded => loaded.Description.Id))}."
                : $"No plugin '{id}' is loaded yet: plugins are loaded when the host starts. A hosted service takes HostedPlugins, and asks it in StartAsync or later.");

    internal void Refuse(PluginException refusal) => _refusals = [.. _refusals, refusal];

    internal void Started() => _isStarted = true;

    internal void Stopped() => _isStarted = false;
}
