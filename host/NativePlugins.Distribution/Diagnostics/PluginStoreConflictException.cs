using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7205: something else stands where the plugin would be installed. See <see cref="DistributionErrors.StoreConflict"/>.</summary>
public sealed class PluginStoreConflictException : PluginException
{
    internal PluginStoreConflictException(PluginFailure failure)
        : base(DistributionErrors.StoreConflict, failure)
    {
    }
}
