namespace NativePlugins.Host.Platform;

/// <summary>Whether a worker's system calls are filtered, and what the filter lets pass beside what every worker needs. The values travel in the channel's greeting.</summary>
[Flags]
internal enum WorkerFilter
{
    None = 0,

    /// <summary>There is a filter.</summary>
    Filtered = 1,

    /// <summary>Sockets of TCP.</summary>
    AllowTcp = 2,

    /// <summary>These, those of UDP, and those of Unix.</summary>
    AllowNetwork = 4,

    /// <summary>Processes and programs.</summary>
    AllowProcesses = 8,

    All = Filtered | AllowTcp | AllowNetwork | AllowProcesses,
}
