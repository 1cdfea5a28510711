using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5108: the plugin's limits cannot be had. See <see cref="PluginErrors.Limits"/>.</summary>
public sealed class PluginLimitsException : PluginException
{
    internal PluginLimitsException(PluginFailure failure)
        : base(PluginErrors.Limits, failure)
    {
    }
}
