using Microsoft.Extensions.Logging;
using NativePlugins.Host.Manifests;
using NativePlugins.Host.Reload;

namespace NativePlugins.Host.Diagnostics;

/// <summary>What the host itself logs. The messages about reloads are in <c>ReloadLog</c>.</summary>
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

    [LoggerMessage(10, LogLevel.Error, "Generation {Generation} of plugin {PluginId} is in quarantine: it could not be retired")]
    public static partial void RetireFailed(ILogger logger, string pluginId, int generation, Exception exception);

    [LoggerMessage(11, LogLevel.Error, "A handler of {Event} of plugin {PluginId} threw an exception")]
    public static partial void HandlerFailed(ILogger logger, string pluginId, string @event, Exception exception);

    [LoggerMessage(12, LogLevel.Warning, "{Count} NativeAOT libraries are resident in this process, of {Limit} that it may carry; they cannot be unloaded")]
    public static partial void ManyResidents(ILogger logger, int count, int limit);

    [LoggerMessage(13, LogLevel.Warning, "The system's notifications about the files of plugin {PluginId} failed; they are looked at now and then")]
    public static partial void WatchFailed(ILogger logger, string pluginId, Exception exception);

    [LoggerMessage(14, LogLevel.Warning, "Secure execution: this program has rights that who started it does not have, and ignores {Variables} of the environment")]
    public static partial void EnvironmentIgnored(ILogger logger, string variables);

    [LoggerMessage(15, LogLevel.Warning, "Plugin {PluginId} defines {Count} unique symbols, the first of them {Symbol}: the system's loader shares them between all libraries that have them, so that the plugin cannot be reloaded, or unloaded; compile it with -fno-gnu-unique")]
    public static partial void SharesSymbols(ILogger logger, string pluginId, int count, string symbol);

    [LoggerMessage(16, LogLevel.Error, "The library of plugin {PluginId} could not be closed, and stays mapped")]
    public static partial void CloseFailed(ILogger logger, string pluginId, Exception exception);

    [LoggerMessage(21, LogLevel.Warning, "The load context of {Assembly} was unloaded, and does not go, as something still refers to it: {Reason}")]
    public static partial void ContextStays(ILogger logger, string assembly, string reason);

    [LoggerMessage(17, LogLevel.Debug, "An object {Contract} of plugin {PluginId} was collected without having been disposed of, and is released")]
    public static partial void ObjectLeaked(ILogger logger, string pluginId, string contract);

    [LoggerMessage(18, LogLevel.Warning, "The end of an object {Contract} between the application and plugin {PluginId} has failed; it is gone")]
    public static partial void ObjectEndFailed(ILogger logger, string pluginId, string contract, Exception exception);

    [LoggerMessage(19, LogLevel.Debug, "Plugin {PluginId} has left {Count} objects of the application's unreleased; they are released with its instance")]
    public static partial void ObjectsLeft(ILogger logger, string pluginId, int count);

    [LoggerMessage(22, LogLevel.Warning, "The end of what the application gave to plugin {PluginId} takes longer than {Deadline}; nobody waits for it any more")]
    public static partial void ObjectsEndLate(ILogger logger, string pluginId, TimeSpan deadline);

    [LoggerMessage(20, LogLevel.Warning, "Plugin {PluginId} is left out for {Contract}: {Error}")]
    public static partial void ContractLeftOut(ILogger logger, string pluginId, string contract, string error);
}
