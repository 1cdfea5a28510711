using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Reload;

namespace NativePlugins.Host;

/// <summary>NP7006: the state did not reach the new generation. See <see cref="PluginErrors.StateTransfer"/>.</summary>
public sealed class PluginStateTransferException : PluginException
{
    internal PluginStateTransferException(PluginFailure failure)
        : base(PluginErrors.StateTransfer, failure)
    {
    }
}
