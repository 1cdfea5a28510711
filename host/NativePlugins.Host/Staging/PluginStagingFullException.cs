using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7003: there is no room to stage the plugin. See <see cref="PluginErrors.StagingFull"/>.</summary>
public sealed class PluginStagingFullException : PluginException
{
    internal PluginStagingFullException(PluginFailure failure)
        : base(PluginErrors.StagingFull, failure)
    {
    }
}
