using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7001: the plugin could not be staged. See <see cref="PluginErrors.Staging"/>.</summary>
public sealed class PluginStagingException : PluginException
{
    internal PluginStagingException(PluginFailure failure)
        : base(PluginErrors.Staging, failure)
    {
    }
}
