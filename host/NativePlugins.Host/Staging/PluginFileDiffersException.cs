using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7018: a file of the plugin's is not the one that was installed. See <see cref="PluginErrors.FileDiffers"/>.</summary>
public sealed class PluginFileDiffersException : PluginException
{
    internal PluginFileDiffersException(PluginFailure failure)
        : base(PluginErrors.FileDiffers, failure)
    {
    }
}
