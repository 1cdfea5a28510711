using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7204: the lock file cannot be used. See <see cref="DistributionErrors.LockFile"/>.</summary>
public sealed class PluginLockFileException : PluginException
{
    internal PluginLockFileException(PluginFailure failure)
        : base(DistributionErrors.LockFile, failure)
    {
    }
}
