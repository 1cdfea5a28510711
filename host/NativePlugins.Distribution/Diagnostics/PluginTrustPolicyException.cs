using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>NP7309: a trust policy cannot be used. See <see cref="DistributionErrors.TrustPolicy"/>.</summary>
public sealed class PluginTrustPolicyException : PluginException
{
    internal PluginTrustPolicyException(PluginFailure failure)
        : base(DistributionErrors.TrustPolicy, failure)
    {
    }
}
