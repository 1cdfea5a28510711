using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7304: the package is not signed. See <see cref="DistributionErrors.PackageUnsigned"/>.</summary>
public sealed class PackageUnsignedException : PluginException
{
    internal PackageUnsignedException(PluginFailure failure)
        : base(DistributionErrors.PackageUnsigned, failure)
    {
    }
}
