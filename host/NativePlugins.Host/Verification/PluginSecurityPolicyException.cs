using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3008: a policy of the system forbids its code. See <see cref="PluginErrors.SecurityPolicy"/>.</summary>
public sealed class PluginSecurityPolicyException : PluginException
{
    internal PluginSecurityPolicyException(PluginFailure failure)
        : base(PluginErrors.SecurityPolicy, failure)
    {
    }
}
