using Microsoft.Extensions.Logging;

namespace NativePlugins.Host.Isolation;

/// <summary>What is logged about plugins in processes of their own.</summary>
internal static partial class IsolationLog
{
    [LoggerMessage(30, LogLevel.Error, "The process {ProcessId} of plugin {PluginId} has ended: {End}")]
    public static partial void Ended(ILogger logger, string pluginId, int processId, string end);

    [LoggerMessage(32, LogLevel.Warning, "The process {ProcessId} of plugin {PluginId} did not end within {Seconds} s after its plugin had been disposed of, and was ended")]
    public static partial void EndedLate(ILogger logger, string pluginId, int processId, double seconds);

    [LoggerMessage(33, LogLevel.Warning, "The process {ProcessId} of plugin {PluginId} has failed after its plugin had been disposed of: {End}")]
    public static partial void EndedBadly(ILogger logger, string pluginId, int processId, string end);

    [LoggerMessage(37, LogLevel.Warning, "Plugin {PluginId} runs in a sandbox that is not whole: the system has {Found}")]
    public static partial void SandboxNotWhole(ILogger logger, string pluginId, string found);

    [LoggerMessage(38, LogLevel.Warning, "The process {ProcessId} of plugin {PluginId} waits until a debugger is attached to it")]
    public static partial void WaitingForDebugger(ILogger logger, string pluginId, int processId);

    [LoggerMessage(31, LogLevel.Warning, "Plugin {PluginId} asks for {Contract}, which the application offers, and does not get it, as it does not reach another process: {Found}")]
    public static partial void OfferedOutOfReach(ILogger logger, string pluginId, string contract, string found);
}
