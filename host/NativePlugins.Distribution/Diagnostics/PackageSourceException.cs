using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7108: the package source cannot be read. See <see cref="DistributionErrors.PackageSource"/>.</summary>
public sealed class PackageSourceException : PluginException
{
    internal PackageSourceException(PluginFailure failure)
        : base(DistributionErrors.PackageSource, failure)
    {
    }
}
