using Microsoft.Extensions.Logging;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>What the loader has put together for one plugin, and gives back when the instance is gone.</summary>
internal sealed class LoadedParts
{
    /// <summary>Where the library is installed.</summary>
    public required ResolvedPlugin File { get; init; }

    /// <summary>The private copy that is mapped in place of the installed library, or null.</summary>
    public required StagedPlugin? Staged { get; init; }

    public required LibraryImage Image { get; init; }

    public required PluginDescription Description { get; init; }

    public required PluginManifest? Manifest { get; init; }

    public required NativeInstance Instance { get; init; }

    public required HostTable Table { get; init; }

    public required HostServices Services { get; init; }

    public required PluginTimings Timings { get; init; }

    /// <summary>The threads before it was mapped.</summary>
    public required ThreadTally ThreadsBefore { get; init; }

    /// <summary>After the instance's destroy has returned.</summary>
    /// <exception cref="PluginLoaderHeldException">A library, this one or another, keeps it from being closed.</exception>
    public void Release(TimeSpan deadline, ILogger logger)
    {
        Table.Return();
        Close(deadline, logger);
    }

    /// <summary>
    /// The same for a generation that others follow. Where its code stays mapped, a thread of it may still run: that one
    /// keeps a table without services, and never reaches another instance's.
    /// </summary>
    /// <exception cref="PluginLoaderHeldException">A library, this one or another, keeps it from being closed.</exception>
    public PluginRetiredImage Retire(TimeSpan deadline, ILogger logger)
    {
        Table.Revoke();
        PluginRetiredImage image = Close(deadline, logger);
        if (image == PluginRetiredImage.Unmapped)
        {
            Table.Return();
        }

        return image;
    }

    private PluginRetiredImage Close(TimeSpan deadline, ILogger logger)
    {
        try
        {
            return ImageEnd.Close(Image, File, deadline, logger);
        }
        finally
        {
            Staged?.Dispose();
        }
    }
}
