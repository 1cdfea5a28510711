using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP4001: the plugin's description is not one. See <see cref="PluginErrors.Description"/>.</summary>
public sealed class PluginDescriptionException : PluginException
{
    internal PluginDescriptionException(PluginFailure failure)
        : base(PluginErrors.Description, failure)
    {
    }
}
