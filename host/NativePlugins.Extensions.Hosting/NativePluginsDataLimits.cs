using NativePlugins.Contracts;

namespace NativePlugins.Extensions.Hosting;

/// <summary>How much data a call through a contract may bring, as a configuration says it. See <see cref="PluginDataLimits"/>.</summary>
public sealed class NativePluginsDataLimits
{
    /// <inheritdoc cref="PluginDataLimits.Depth"/>
    public int Depth { get; set; } = new PluginDataLimits().Depth;

    /// <inheritdoc cref="PluginDataLimits.Bytes"/>
    public long Bytes { get; set; } = new PluginDataLimits().Bytes;
}
