using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7206: what is installed differs from the lock file. See <see cref="DistributionErrors.StoreDiffers"/>.</summary>
public sealed class PluginStoreDiffersException : PluginException
{
    internal PluginStoreDiffersException(PluginFailure failure)
        : base(DistributionErrors.StoreDiffers, failure)
    {
    }
}
