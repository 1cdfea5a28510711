namespace NativePlugins.Host.Platform;

/// <summary>What a worker process is started with. It inherits nothing else, but for what the system gives to every child.</summary>
internal sealed record WorkerStart
{
    /// <summary>The absolute path of the executable.</summary>
    public required string Path { get; init; }

    /// <summary>The arguments after the program's name. They are for people who look at the list of processes.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How much memory it shares with the application, in bytes, if the system has such memory.</summary>
    public required long SharedMemorySize { get; init; }

    /// <summary>Whether the system may write a core dump when it crashes.</summary>
    public required bool AllowCoreDump { get; init; }

    /// <summary>What it may reach; null for all that the application may.</summary>
    public required WorkerSandbox? Sandbox { get; init; }

    /// <summary>What it may use, once it has answered; null for what it may without.</summary>
    public required WorkerLimits? Limits { get; init; }

    /// <summary>The whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>An absolute path; null for the application's own.</summary>
    public required string? WorkingDirectory { get; init; }
}
