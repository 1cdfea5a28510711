using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7102: the package holds a name or a kind of file that is not allowed. See <see cref="DistributionErrors.PackageEntry"/>.</summary>
public sealed class PackageEntryException : PluginException
{
    internal PackageEntryException(PluginFailure failure)
        : base(DistributionErrors.PackageEntry, failure)
    {
    }
}
