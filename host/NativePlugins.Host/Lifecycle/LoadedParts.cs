using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>What the loader has put together for one plugin, and gives back when the instance is gone.</summary>
internal sealed class LoadedParts
{
    public required LibraryImage Image { get; init; }

    public required PluginDescription Description { get; init; }

    public required PluginManifest? Manifest { get; init; }

    public required NativeInstance Instance { get; init; }

    public required HostTable Table { get; init; }

    public required HostServices Services { get; init; }

    public required PluginTimings Timings { get; init; }

    /// <summary>After the instance's destroy has returned.</summary>
    public void Release()
    {
        Table.Return();
        Image.Dispose();
    }
}
