using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7201: the plugin is not installed. See <see cref="DistributionErrors.NotInstalled"/>.</summary>
public sealed class PluginNotInstalledException : PluginException
{
    internal PluginNotInstalledException(PluginFailure failure)
        : base(DistributionErrors.NotInstalled, failure)
    {
    }
}
