using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5001: the plugin could not be created. See <see cref="PluginErrors.CreateFailed"/>.</summary>
public sealed class PluginCreateFailedException : PluginException
{
    internal PluginCreateFailedException(PluginFailure failure)
        : base(PluginErrors.CreateFailed, failure)
    {
    }
}
