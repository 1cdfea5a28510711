using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7101: not a plugin package. See <see cref="DistributionErrors.PackageMalformed"/>.</summary>
public sealed class PackageMalformedException : PluginException
{
    internal PackageMalformedException(PluginFailure failure)
        : base(DistributionErrors.PackageMalformed, failure)
    {
    }
}
