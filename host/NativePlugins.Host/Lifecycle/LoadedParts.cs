using Microsoft.Extensions.Logging;
using NativePlugins.Host.Resolution;
using NativePlugins.Host.Services;
using NativePlugins.Host.Staging;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Lifecycle;

/// <summary>What the loader has put together for one plugin, and gives back when the instance is gone.</summary>
internal sealed class LoadedParts
{
    /// <summary>Where the library is installed.</summary>
    public required ResolvedPlugin File { get; init; }

    /// <summary>The private copy that is mapped in place of the installed library, or null.</summary>
    public required StagedPlugin? Staged { get; init; }

    public required PluginDescription Description { get; init; }

    public required PluginManifest? Manifest { get; init; }

    public required PluginInstance Instance { get; init; }

    /// <summary>Those who call into the plugin now.</summary>
    public required CallerActivities Callers { get; init; }

    public required PluginTimings Timings { get; init; }

    /// <summary>The threads before it was mapped.</summary>
    public required ThreadTally ThreadsBefore { get; init; }

    /// <summary>After the instance's destroy has returned.</summary>
    /// <param name="isReplaced">Whether other generations follow.</param>
    /// <param name="deadline">For closing the library.</param>
    /// <param name="logger">Told when that comes too late.</param>
    /// <exception cref="PluginLoaderHeldException">A library, this one or another, keeps it from being closed.</exception>
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
