using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7105: the package's plugin does not hold together. See <see cref="DistributionErrors.PackageContent"/>.</summary>
public sealed class PackageContentException : PluginException
{
    internal PackageContentException(PluginFailure failure)
        : base(DistributionErrors.PackageContent, failure)
    {
    }
}
