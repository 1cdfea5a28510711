using System.Globalization;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <summary>How a worker ended.</summary>
/// <param name="ProcessId">The number that its process had.</param>
/// <param name="Exit">What the system says.</param>
/// <param name="StandardError">The last that it wrote to its standard error.</param>
/// <param name="KilledFor">Why the host has ended it; null if the host has not.</param>
internal sealed record WorkerEnd(int ProcessId, WorkerExit Exit, string StandardError, string? KilledFor)
{
    private static readonly Dictionary<int, string> s_signals = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
        [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>In a few words, for a message.</summary>
    public string Describe() => (KilledFor, Exit) switch
    {
        (string reason, _) => $"the host has ended it: {reason}",
        (_, { Signal: int signal }) => $"signal {InvariantText.Of($"{signal}")} ({s_signals.GetValueOrDefault(signal, "which has no name here")}) has ended it",
        (_, { Status: int status }) => InvariantText.Of($"it has ended itself with exit status {status}"),
        _ => "the system does not tell how",
    };

    /// <param name="pluginId">The plugin's id, or its name if that is not known yet.</param>
    /// <param name="call">The call that was in flight, or null.</param>
    public PluginCrashedException ToException(string pluginId, string? call)
    {
        string process = $"the process {ProcessId.ToString(CultureInfo.InvariantCulture)} of the plugin {UntrustedText.Quote(pluginId)}";
        return new PluginCrashedException(
            new PluginFailure(call is null ? $"{process} has ended" : $"{process} has ended during {UntrustedText.Escape(call)}") { Found = Describe() },
            ProcessId, Exit.Status, Exit.Signal, StandardError, call);
    }
}
