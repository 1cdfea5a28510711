using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5107: the plugin's sandbox cannot be had. See <see cref="PluginErrors.Sandbox"/>.</summary>
public sealed class PluginSandboxException : PluginException
{
    internal PluginSandboxException(PluginFailure failure)
        : base(PluginErrors.Sandbox, failure)
    {
    }
}
