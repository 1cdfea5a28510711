using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4002: the plugin's structs are laid out differently. See <see cref="PluginErrors.Layout"/>.</summary>
public sealed class PluginLayoutException : PluginException
{
    internal PluginLayoutException(PluginFailure failure)
        : base(PluginErrors.Layout, failure)
    {
    }
}
