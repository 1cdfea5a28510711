using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5005: not possible in the plugin's state. See <see cref="PluginErrors.InvalidState"/>.</summary>
public sealed class PluginStateException : PluginException
{
    internal PluginStateException(PluginFailure failure)
        : base(PluginErrors.InvalidState, failure)
    {
    }
}
