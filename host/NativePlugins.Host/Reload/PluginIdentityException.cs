using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7010: what should replace the plugin is another one. See <see cref="PluginErrors.Identity"/>.</summary>
public sealed class PluginIdentityException : PluginException
{
    internal PluginIdentityException(PluginFailure failure)
        : base(PluginErrors.Identity, failure)
    {
    }
}
