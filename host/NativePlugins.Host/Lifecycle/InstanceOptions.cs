using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>What the host gives to one instance.</summary>
/// <param name="Host">What the instance may ask for.</param>
/// <param name="Callers">The activities that call into it.</param>
/// <param name="Objects">What it and the application give each other to keep.</param>
internal readonly record struct InstanceServices(IHostServices Host, CallerActivities Callers, InstanceObjects Objects);

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

    /// <summary>Makes what the host gives to an instance. The argument after the description is the directory in which it is installed.</summary>
    public required Func<PluginDescription, string, InstanceServices> CreateServices { get; init; }

    /// <summary>Makes the data directory of the plugin with this id, and names it; null where the application is another process.</summary>
    public Func<string, string>? MakeDataDirectory { get; init; }
}
