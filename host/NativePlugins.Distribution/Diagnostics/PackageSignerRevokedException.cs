using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7306: the package is signed by a key that is revoked. See <see cref="DistributionErrors.PackageSignerRevoked"/>.</summary>
public sealed class PackageSignerRevokedException : PluginException
{
    internal PackageSignerRevokedException(PluginFailure failure)
        : base(DistributionErrors.PackageSignerRevoked, failure)
    {
    }
}
