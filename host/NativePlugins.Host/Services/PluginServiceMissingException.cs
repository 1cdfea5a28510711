using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4005: the plugin does not offer the service. See <see cref="PluginErrors.ServiceMissing"/>.</summary>
public sealed class PluginServiceMissingException : PluginException
{
    internal PluginServiceMissingException(PluginFailure failure)
        : base(PluginErrors.ServiceMissing, failure)
    {
    }
}
