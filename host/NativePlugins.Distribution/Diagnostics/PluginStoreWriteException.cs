using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7203: the installed plugins cannot be changed. See <see cref="DistributionErrors.StoreWrite"/>.</summary>
public sealed class PluginStoreWriteException : PluginException
{
    internal PluginStoreWriteException(PluginFailure failure)
        : base(DistributionErrors.StoreWrite, failure)
    {
    }
}
