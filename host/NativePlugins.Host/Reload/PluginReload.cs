namespace NativePlugins.Host;

/// <summary>A reload that succeeded.</summary>
public sealed class PluginReload
{
    internal PluginReload(int generation, PluginDescription description, long? stateSize, PluginReloadTimings timings)
    {
        Generation = generation;
        Description = description;
        StateSize = stateSize;
        Timings = timings;
    }

    /// <summary>The number of the generation that serves now.</summary>
    public int Generation { get; }

    /// <summary>What its library says about itself.</summary>
    public PluginDescription Description { get; }

    /// <summary>The size of the state that was carried over, in bytes; null if the old generation had none.</summary>
    public long? StateSize { get; }

    /// <summary>How long each step took.</summary>
    public PluginReloadTimings Timings { get; }

    /// <summary>What became of the old generation; null until it is retired.</summary>
    public PluginRetirement? Retirement { get; internal set; }
}
