using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7307: the version is below the least that is allowed. See <see cref="DistributionErrors.PackageVersionFloor"/>.</summary>
public sealed class PackageVersionFloorException : PluginException
{
    internal PackageVersionFloorException(PluginFailure failure)
        : base(DistributionErrors.PackageVersionFloor, failure)
    {
    }
}
