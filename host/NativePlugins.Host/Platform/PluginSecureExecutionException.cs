using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP1010: not in secure execution. See <see cref="PluginErrors.SecureExecution"/>.</summary>
public sealed class PluginSecureExecutionException : PluginException
{
    internal PluginSecureExecutionException(PluginFailure failure)
        : base(PluginErrors.SecureExecution, failure)
    {
    }
}
