using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7202: another process changes the installed plugins. See <see cref="DistributionErrors.StoreBusy"/>.</summary>
public sealed class PluginStoreBusyException : PluginException
{
    internal PluginStoreBusyException(PluginFailure failure)
        : base(DistributionErrors.StoreBusy, failure)
    {
    }
}
