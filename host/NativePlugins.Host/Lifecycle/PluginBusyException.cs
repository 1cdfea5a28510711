using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5006: calls into the plugin did not end in time. See <see cref="PluginErrors.Busy"/>.</summary>
public sealed class PluginBusyException : PluginException
{
    internal PluginBusyException(PluginFailure failure)
        : base(PluginErrors.Busy, failure)
    {
    }
}
