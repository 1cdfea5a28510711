namespace NativePlugins.Host.Platform;

/// <summary>What a worker may reach beside what every worker needs.</summary>
internal sealed record WorkerSandbox
{
    /// <summary>Absolute paths of files and directories that exist, to be read and executed.</summary>
    public required IReadOnlyList<string> ReadPaths { get; init; }

    /// <summary>Absolute paths of files and directories that exist, to be read, written, made and removed.</summary>
    public required IReadOnlyList<string> WritePaths { get; init; }

    /// <summary>Whether it may connect by TCP, and listen.</summary>
    public required bool AllowTcp { get; init; }

    /// <summary>Whether it may use the sockets of TCP, UDP and Unix.</summary>
    public required bool AllowNetwork { get; init; }

    /// <summary>Whether it may start processes, and execute programs.</summary>
    public required bool AllowProcesses { get; init; }
}
