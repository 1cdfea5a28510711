using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5104: the process of an isolated plugin has ended. See <see cref="PluginErrors.Crashed"/>.</summary>
public sealed class PluginCrashedException : PluginException
{
    internal PluginCrashedException(PluginFailure failure, int processId, int? exitStatus, int? signal, string standardError, string? call)
        : base(PluginErrors.Crashed, failure)
    {
        ProcessId = processId;
        ExitStatus = exitStatus;
        Signal = signal;
        StandardError = standardError;
        Call = call;
    }

    /// <summary>The number that the worker process had.</summary>
    public int ProcessId { get; }

    /// <summary>Its exit status, 0 to 255, if it has ended itself; else null.</summary>
    public int? ExitStatus { get; }

    /// <summary>The number of the signal that has ended it; null if none has, or the system does not tell.</summary>
    public int? Signal { get; }

    /// <summary>
    /// The call that was in flight, for example <c>np.command/1</c> or <c>start</c>. Null if the process had ended before the call that throws
    /// this was made.
    /// </summary>
    public string? Call { get; }

    /// <summary>
    /// The limit that has ended it, as the name of a member of <see cref="PluginLimits"/>; null if none has, or that cannot be known. Processor time and the
    /// size of files are told by the system; that memory was short, only by what a process writes last, as those in C# do.
    /// </summary>
    public string? Limit { get; internal init; }

    /// <summary>The last 64 KiB that the process wrote to its standard error. Untrusted text, unchanged.</summary>
    public string StandardError { get; }
}
