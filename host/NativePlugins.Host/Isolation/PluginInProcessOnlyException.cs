using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5105: it works only for plugins in this process. See <see cref="PluginErrors.InProcessOnly"/>.</summary>
public sealed class PluginInProcessOnlyException : PluginException
{
    internal PluginInProcessOnlyException(PluginFailure failure)
        : base(PluginErrors.InProcessOnly, failure)
    {
    }
}
