using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP6001: a setting is missing or has a bad value. See <see cref="PluginErrors.SettingMissing"/>.</summary>
public sealed class PluginConfigurationException : PluginException
{
    internal PluginConfigurationException(PluginFailure failure)
        : base(PluginErrors.SettingMissing, failure)
    {
    }
}
