using Microsoft.Extensions.Logging;
using NativePlugins.Host;

namespace NativePlugins.Extensions.Hosting;

/// <summary>Everything that this library itself logs.</summary>
internal static partial class Log
{
    public static void Loaded(ILogger logger, Plugin plugin) =>
        Loaded(logger, plugin.Description.Id, plugin.Description.Version, plugin.LibraryPath);

    // The message of the exception is the whole report; its stack trace is this library's and helps nobody.
    public static void Refused(ILogger logger, PluginException refusal) => Refused(logger, refusal.Message);

    public static void NotStopped(ILogger logger, PluginException refusal) => NotStopped(logger, refusal.Message);

    [LoggerMessage(1, LogLevel.Information, "Plugin {PluginId} {Version} is started, from {Path}")]
    private static partial void Loaded(ILogger logger, string pluginId, string version, string path);

    [LoggerMessage(2, LogLevel.Error, "A plugin is left out: {Refusal}")]
    private static partial void Refused(ILogger logger, string refusal);

    [LoggerMessage(3, LogLevel.Warning, "A plugin was not stopped: {Refusal}")]
    private static partial void NotStopped(ILogger logger, string refusal);
}
