using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7004: the plugin's files changed while they were staged. See <see cref="PluginErrors.SourceChanged"/>.</summary>
public sealed class PluginSourceChangedException : PluginException
{
    internal PluginSourceChangedException(PluginFailure failure)
        : base(PluginErrors.SourceChanged, failure)
    {
    }
}
