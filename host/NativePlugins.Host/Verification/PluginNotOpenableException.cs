using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2012: it forbids to be opened. See <see cref="PluginErrors.NotOpenable"/>.</summary>
public sealed class PluginNotOpenableException : PluginException
{
    internal PluginNotOpenableException(PluginFailure failure)
        : base(PluginErrors.NotOpenable, failure)
    {
    }
}
