using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7303: the secret key cannot be used. See <see cref="DistributionErrors.SecretKey"/>.</summary>
public sealed class SecretKeyException : PluginException
{
    internal SecretKeyException(PluginFailure failure)
        : base(DistributionErrors.SecretKey, failure)
    {
    }
}
