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
/// <param name="Limits">What it might use.</param>
internal sealed record WorkerEnd(int ProcessId, WorkerExit Exit, string StandardError, string? KilledFor, WorkerLimits? Limits)
{
    private const int KillSignal = 9, ProcessorTimeSignal = 24, FileSizeSignal = 25; // SIGKILL, SIGXCPU, SIGXFSZ

    private static readonly Dictionary<int, string> s_signals = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
        [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    // What the runtimes of C#, C++, Rust and Python write last when they get no memory.
    private static readonly string[] s_wordsOfNoMemory = ["OutOfMemory", "out of memory", "bad_alloc", "memory allocation of", "MemoryError"];

    /// <summary>In a few words, for a message.</summary>
    public string Describe() => $"{DescribeEnd()}{(FindLimit() is (_, string words) ? $": {words}" : "")}";

    /// <param name="pluginId">The plugin's id, or its name if that is not known yet.</param>
    /// <param name="call">The call that was in flight, or null.</param>
    public PluginCrashedException ToException(string pluginId, string? call)
    {
        string process = $"the process {ProcessId.ToString(CultureInfo.InvariantCulture)} of the plugin {UntrustedText.Quote(pluginId)}";
        return new PluginCrashedException(
            new PluginFailure(call is null ? $"{process} has ended" : $"{process} has ended during {UntrustedText.Escape(call)}") { Found = Describe() },
            ProcessId, Exit.Status, Exit.Signal, StandardError, call)
        {
            Limit = FindLimit()?.Limit,
        };
    }

    private string DescribeEnd() => (KilledFor, Exit) switch
    {
        (string reason, _) => $"the host has ended it: {reason}",
        (_, { Signal: int signal }) => $"signal {InvariantText.Of($"{signal}")} ({s_signals.GetValueOrDefault(signal, "which has no name here")}) has ended it",
        (_, { Status: int status }) => InvariantText.Of($"it has ended itself with exit status {status}"),
        _ => "the system does not tell how",
    };

    /// <summary>The limit that has ended it, where that can be known: a member of PluginLimits, with what was allowed.</summary>
    private (string Limit, string Words)? FindLimit() => (KilledFor, Limits, Exit) switch
    {
        ({ }, _, _) => null,
        (_, { ProcessorSeconds: long allowed }, { Signal: ProcessorTimeSignal or KillSignal }) when Exit.Signal == ProcessorTimeSignal || Exit.ProcessorTime.TotalSeconds >= allowed =>
            Of(nameof(PluginLimits.ProcessorTime), InvariantText.Of($"it has used {Exit.ProcessorTime.TotalSeconds:0.0} s of processor time, and {allowed} s were allowed")),
        (_, { FileSize: long allowed }, { Signal: FileSizeSignal }) =>
            Of(nameof(PluginLimits.FileSize), InvariantText.Of($"it has written past the end of what a file may have, {allowed} bytes")),
        (_, { Memory: long allowed }, not { Status: 0 }) when Array.Exists(s_wordsOfNoMemory, word => StandardError.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
            Of(nameof(PluginLimits.Memory), InvariantText.Of($"its last words tell that it got no more memory, and {allowed} bytes were allowed")),
        _ => null,
    };

    private static (string Limit, string Words) Of(string limit, string words) => (limit, $"{words} (PluginLimits.{limit})");
}
