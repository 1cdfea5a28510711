using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7009: the plugin was not loaded to be reloaded. See <see cref="PluginErrors.NotReloadable"/>.</summary>
public sealed class PluginNotReloadableException : PluginException
{
    internal PluginNotReloadableException(PluginFailure failure)
        : base(PluginErrors.NotReloadable, failure)
    {
    }
}
