using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7104: a file of the package is not the one that was packed. See <see cref="DistributionErrors.PackageDigest"/>.</summary>
public sealed class PackageDigestException : PluginException
{
    internal PackageDigestException(PluginFailure failure)
        : base(DistributionErrors.PackageDigest, failure)
    {
    }
}
