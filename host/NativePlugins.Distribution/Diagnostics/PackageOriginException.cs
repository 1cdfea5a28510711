using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7308: the package is not from where it should be. See <see cref="DistributionErrors.PackageOrigin"/>.</summary>
public sealed class PackageOriginException : PluginException
{
    internal PackageOriginException(PluginFailure failure)
        : base(DistributionErrors.PackageOrigin, failure)
    {
    }
}
