using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7207: plugins cannot be installed on this system. See <see cref="DistributionErrors.StoreSystem"/>.</summary>
public sealed class PluginStoreSystemException : PluginException
{
    internal PluginStoreSystemException(PluginFailure failure)
        : base(DistributionErrors.StoreSystem, failure)
    {
    }
}
