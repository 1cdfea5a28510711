using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7103: the package is larger than allowed. See <see cref="DistributionErrors.PackageLimit"/>.</summary>
public sealed class PackageLimitException : PluginException
{
    internal PackageLimitException(PluginFailure failure)
        : base(DistributionErrors.PackageLimit, failure)
    {
    }
}
