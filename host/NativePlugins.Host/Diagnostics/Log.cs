using Microsoft.Extensions.Logging;

namespace NativePlugins.Host;

/// <summary>Everything that the host itself logs, in one place.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Loaded plugin {PluginId} {Version} from {Path}")]
    public static partial void Loaded(ILogger logger, string pluginId, string version, string path);

    [LoggerMessage(2, LogLevel.Error, "Plugin {PluginId} is in quarantine: it was disposed of, and calls into it did not end in time")]
    public static partial void Quarantined(ILogger logger, string pluginId);

    [LoggerMessage(3, LogLevel.Warning, "Plugin {PluginId} answered {Step} after its deadline; it stays in quarantine")]
    public static partial void AnsweredLate(ILogger logger, string pluginId, string step);

    [LoggerMessage(4, LogLevel.Warning, "Plugin {PluginId} reported an error from stop, and is stopped: {Error}")]
    public static partial void StopReported(ILogger logger, string pluginId, string error);

    [LoggerMessage(5, LogLevel.Warning, "Plugin {PluginId} returned {Status} from destroy, and is gone")]
    public static partial void DestroyReported(ILogger logger, string pluginId, string status);

    [LoggerMessage(6, LogLevel.Error, "Plugin {PluginId} could not be disposed of")]
    public static partial void DisposeFailed(ILogger logger, string pluginId, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Plugin {PluginId} has changed what the process does on signals: {Signals}")]
    public static partial void SignalsTaken(ILogger logger, string pluginId, string signals);
}
