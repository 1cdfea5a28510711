using Microsoft.Extensions.Logging;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Host.Reload;

/// <summary>What the host logs of a reload.</summary>
internal static partial class ReloadLog
{
    [LoggerMessage(8, LogLevel.Information, "Reloaded plugin {PluginId} {Version} as generation {Generation}, after {Milliseconds:0.0} ms, of which calls waited {GateMilliseconds:0.00} ms")]
    public static partial void Reloaded(
        ILogger logger, string pluginId, string version, int generation, double milliseconds, double gateMilliseconds);

    [LoggerMessage(9, LogLevel.Warning, "Generation {Generation} of plugin {PluginId} was refused in {Phase}; the one before it goes on")]
    public static partial void ReloadFailed(
        ILogger logger, string pluginId, int generation, PluginReloadPhase phase, Exception exception);

    [LoggerMessage(34, LogLevel.Warning, "Plugin {PluginId} is started again in {Milliseconds:0} ms, as its process has ended")]
    public static partial void Restarting(ILogger logger, string pluginId, double milliseconds);

    [LoggerMessage(35, LogLevel.Error, "Plugin {PluginId} is not started again, as that was done {Restarts} times within {Seconds:0} s")]
    public static partial void RestartsUsedUp(ILogger logger, string pluginId, int restarts, double seconds);

    [LoggerMessage(36, LogLevel.Warning, "The state of plugin {PluginId} was not saved for a restart; the one that was saved last stays")]
    public static partial void StateNotKept(ILogger logger, string pluginId, Exception exception);
}
