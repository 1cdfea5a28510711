using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3006: the library was replaced while it is loaded. See <see cref="PluginErrors.ImageReplaced"/>.</summary>
public sealed class PluginImageReplacedException : PluginException
{
    internal PluginImageReplacedException(PluginFailure failure)
        : base(PluginErrors.ImageReplaced, failure)
    {
    }
}
