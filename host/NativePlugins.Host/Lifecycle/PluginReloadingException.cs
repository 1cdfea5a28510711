using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7008: the plugin is being reloaded, and the call did not wait. See <see cref="PluginErrors.Reloading"/>.</summary>
public sealed class PluginReloadingException : PluginException
{
    internal PluginReloadingException(PluginFailure failure)
        : base(PluginErrors.Reloading, failure)
    {
    }
}
