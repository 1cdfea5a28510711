using NativePlugins.Host.Services;

namespace NativePlugins.Host.Lifecycle;

/// <summary>How instances are made.</summary>
internal sealed record InstanceOptions
{
    /// <summary>The time that each step may take.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>How many NativeAOT libraries the process may carry; null for as many as it can.</summary>
    public required int? MaxResidentImages { get; init; }

    /// <summary>The number of them from which on each further one is a warning; null for three quarters of the limit.</summary>
    public required int? WarnResidentImages { get; init; }

    /// <summary>Whether libraries may share symbols without knowing it.</summary>
    public required bool AllowSharedSymbols { get; init; }

    /// <summary>Whether the threads that a plugin starts are counted. Counting takes a while.</summary>
    public required bool CountThreads { get; init; }

    /// <summary>The application's name, as plugins see it.</summary>
    public required string ApplicationName { get; init; }

    /// <summary>The application's version, as plugins see it.</summary>
    public required string ApplicationVersion { get; init; }

    /// <summary>What the host's services are made of.</summary>
    public required HostServicesOptions Services { get; init; }
}
