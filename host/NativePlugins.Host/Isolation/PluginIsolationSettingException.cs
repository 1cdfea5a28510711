using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP6002: the plugin's settings of isolation cannot be followed. See <see cref="PluginErrors.IsolationSetting"/>.</summary>
public sealed class PluginIsolationSettingException : PluginException
{
    internal PluginIsolationSettingException(PluginFailure failure)
        : base(PluginErrors.IsolationSetting, failure)
    {
    }
}
