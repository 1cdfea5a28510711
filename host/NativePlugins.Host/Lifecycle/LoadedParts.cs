using Microsoft.Extensions.Logging;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>The parts that the loader has put together for one plugin. They are given back when the instance is gone.</summary>
internal sealed class LoadedParts
{
    /// <summary>Where the library is installed.</summary>
    public required ResolvedPlugin File { get; init; }

    /// <summary>The private copy that is mapped instead of the installed library, or null.</summary>
    public required StagedPlugin? Staged { get; init; }

    public required PluginDescription Description { get; init; }

    public required PluginManifest? Manifest { get; init; }

    public required PluginInstance Instance { get; init; }

    /// <summary>Whether it is a managed assembly in this process.</summary>
    public bool IsManaged { get; init; }

    /// <summary>The activities that call into the plugin now.</summary>
    public required CallerActivities Callers { get; init; }

    public required PluginTimings Timings { get; init; }

    /// <summary>The number of threads before the library was mapped.</summary>
    public required ThreadTally ThreadsBefore { get; init; }

    /// <summary>Gives the parts back, after the instance's destroy has returned.</summary>
    /// <param name="isReplaced">Whether another generation follows.</param>
    /// <param name="deadline">The time in which the library must be closed.</param>
    /// <param name="logger">Told if the library is closed too late.</param>
    /// <exception cref="PluginLoaderHeldException">The library cannot be closed because it, or another one, holds the system's loader.</exception>
    public PluginRetiredImage Close(bool isReplaced, TimeSpan deadline, ILogger logger)
    {
        try
        {
            return Instance.Close(isReplaced, deadline, logger);
        }
        finally
        {
            Staged?.Dispose();
        }
    }
}
