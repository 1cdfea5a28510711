using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2014: its packed relocations are not announced. See <see cref="PluginErrors.PackedRelocations"/>.</summary>
public sealed class PluginPackedRelocationsException : PluginException
{
    internal PluginPackedRelocationsException(PluginFailure failure)
        : base(PluginErrors.PackedRelocations, failure)
    {
    }
}
