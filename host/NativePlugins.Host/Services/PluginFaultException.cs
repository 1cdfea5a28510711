using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5003: the plugin failed in a call. See <see cref="PluginErrors.Fault"/>.</summary>
public sealed class PluginFaultException : PluginException
{
    internal PluginFaultException(PluginFailure failure)
        : base(PluginErrors.Fault, failure)
    {
    }
}
