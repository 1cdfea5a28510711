using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7107: the package has nothing for this system. See <see cref="DistributionErrors.PackageSystem"/>.</summary>
public sealed class PackageSystemException : PluginException
{
    internal PackageSystemException(PluginFailure failure)
        : base(DistributionErrors.PackageSystem, failure)
    {
    }
}
