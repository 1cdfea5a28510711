using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7109: no such package. See <see cref="DistributionErrors.PackageNotFound"/>.</summary>
public sealed class PackageNotFoundException : PluginException
{
    internal PackageNotFoundException(PluginFailure failure)
        : base(DistributionErrors.PackageNotFound, failure)
    {
    }
}
