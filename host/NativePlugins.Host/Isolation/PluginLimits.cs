namespace NativePlugins.Host;

/// <summary>
/// How much of the system an isolated plugin may use, on Linux: limits of setrlimit(2) on its worker process, set before the plugin's library is mapped.
/// <c>docs/isolation.md</c> says what each does.
/// </summary>
/// <remarks>
/// What the worker uses itself counts too. Each process that the plugin starts inherits the limits, and has each for itself. Where the system allows
/// less already, that stays. A plugin is refused with <see cref="PluginLimitsException"/> if the system would not hold it to one of them.
/// </remarks>
public sealed class PluginLimits
{
    internal const long LeastMemory = 64 << 20;
    internal const int LeastOpenFiles = 32;

    internal static TimeSpan LeastProcessorTime { get; } = TimeSpan.FromSeconds(1);

    internal static TimeSpan MostProcessorTime { get; } = TimeSpan.FromDays(365);

    /// <summary>
    /// The private memory that the process may write, in bytes: heaps, the data of libraries, and the stacks of its threads, each with all that it may
    /// grow to (RLIMIT_DATA). 64 MiB or more; a worker has about 36 for itself. Memory that is shared, and code, do not count. More is not given: malloc returns NULL, and C# code gets
    /// <see cref="OutOfMemoryException"/>. Default (null): no limit.
    /// </summary>
    public long? Memory { get; set; }

    /// <summary>
    /// How long its threads may run on a processor, together, from the process's start: 1 s to 365 days; a part of a second counts as a whole one. Then
    /// SIGXCPU ends it, or SIGKILL one second later if it holds that one off (RLIMIT_CPU). Default (null): no limit.
    /// </summary>
    public TimeSpan? ProcessorTime { get; set; }

    /// <summary>
    /// How many files, sockets and other descriptors it may have open: 32 or more; a worker has about ten. What would open one more fails with EMFILE
    /// (RLIMIT_NOFILE). Default (null): what the application may.
    /// </summary>
    public int? OpenFiles { get; set; }

    /// <summary>
    /// How large a file may become that it writes, in bytes: 0 or more. SIGXFSZ ends a process that writes past it, or the write fails with EFBIG if it holds
    /// that off (RLIMIT_FSIZE). Default (null): what the application may.
    /// </summary>
    public long? FileSize { get; set; }

    /// <summary>
    /// How many processes and threads the application's user may have, in all, when the plugin makes another one: 1 or more. What would be one more fails with
    /// EAGAIN (RLIMIT_NPROC). The system counts them a user, not a plugin, and does not limit root; for a user with such rights the plugin is refused.
    /// Default (null): what the application may.
    /// </summary>
    public int? UserProcesses { get; set; }

    /// <summary>Returns a checked copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    internal PluginLimits Validated()
    {
        Check(Memory, LeastMemory, nameof(Memory));
        Check(OpenFiles, LeastOpenFiles, nameof(OpenFiles));
        Check(FileSize, 0, nameof(FileSize));
        Check(UserProcesses, 1, nameof(UserProcesses));
        if (ProcessorTime is TimeSpan time)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(time, LeastProcessorTime, nameof(ProcessorTime));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(time, MostProcessorTime, nameof(ProcessorTime));
        }

        return (PluginLimits)MemberwiseClone();
    }

    private static void Check(long? value, long least, string name)
    {
        if (value is long limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, least, name);
        }
    }
}
