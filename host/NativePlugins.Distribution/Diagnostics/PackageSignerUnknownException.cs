using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7305: the package is signed by a key that is not trusted. See <see cref="DistributionErrors.PackageSignerUnknown"/>.</summary>
public sealed class PackageSignerUnknownException : PluginException
{
    internal PackageSignerUnknownException(PluginFailure failure)
        : base(DistributionErrors.PackageSignerUnknown, failure)
    {
    }
}
