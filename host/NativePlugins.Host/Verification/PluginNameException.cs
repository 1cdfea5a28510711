using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP1005: not a name or path. See <see cref="PluginErrors.Name"/>.</summary>
public sealed class PluginNameException : PluginException
{
    internal PluginNameException(PluginFailure failure)
        : base(PluginErrors.Name, failure)
    {
    }
}
