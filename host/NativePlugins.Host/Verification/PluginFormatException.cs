using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2003: not a library. See <see cref="PluginErrors.Format"/>.</summary>
public sealed class PluginFormatException : PluginException
{
    internal PluginFormatException(PluginFailure failure)
        : base(PluginErrors.Format, failure)
    {
    }
}
