using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5002: the plugin could not be started. See <see cref="PluginErrors.StartFailed"/>.</summary>
public sealed class PluginStartFailedException : PluginException
{
    internal PluginStartFailedException(PluginFailure failure)
        : base(PluginErrors.StartFailed, failure)
    {
    }
}
