namespace NativePlugins.Host;

/// <summary>The worker process of an isolated plugin at one moment, as its application has written it down. Its texts are the plugin's and the application's: untrusted.</summary>
public sealed record PluginWorkerInfo
{
    /// <summary>The system's number of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>That of the application that has started it.</summary>
    public required int ApplicationProcessId { get; init; }

    /// <summary>The application's name, <see cref="PluginHostOptions.ApplicationName"/>, up to 127 bytes of UTF-8.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>The plugin's id, up to 127 bytes of UTF-8; before the plugin is loaded, that of its manifest, or the name of its file.</summary>
    public required string PluginId { get; init; }

    /// <summary>The plugin's version; empty before the plugin is loaded.</summary>
    public required string PluginVersion { get; init; }

    /// <summary>Which generation of the plugin it is, from 1; 0 until that is known.</summary>
    public required int Generation { get; init; }

    /// <summary>What it does.</summary>
    public required PluginWorkerState State { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How often the plugin has been started again because its process had ended unasked (<see cref="PluginWorkerOptions.Restart"/>).</summary>
    public required int Restarts { get; init; }

    /// <summary>How many requests the application has sent to this process: calls by contracts, commands, steps of the plugin's life.</summary>
    public required long Calls { get; init; }

    /// <summary>The memory that it shares with no other process, in bytes; null if the system does not tell.</summary>
    public long? PrivateMemory { get; init; }

    /// <summary>The time that it has spent on processors; null if the system does not tell.</summary>
    public TimeSpan? ProcessorTime { get; init; }
}

/// <summary>What a worker process does.</summary>
public enum PluginWorkerState
{
    /// <summary>It was started, and has not created its plugin yet.</summary>
    Starting,

    /// <summary>Its plugin is there, and is not started, or is stopped.</summary>
    Created,

    /// <summary>Its plugin takes calls.</summary>
    Started,

    /// <summary>Its plugin is gone, and it ends.</summary>
    Ending,
}
