using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7106: the package is another one than was asked for. See <see cref="DistributionErrors.PackageIdentity"/>.</summary>
public sealed class PackageIdentityException : PluginException
{
    internal PackageIdentityException(PluginFailure failure)
        : base(DistributionErrors.PackageIdentity, failure)
    {
    }
}
