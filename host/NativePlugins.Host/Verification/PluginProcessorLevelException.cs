using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2013: built for a newer processor. See <see cref="PluginErrors.ProcessorLevel"/>.</summary>
public sealed class PluginProcessorLevelException : PluginException
{
    internal PluginProcessorLevelException(PluginFailure failure)
        : base(PluginErrors.ProcessorLevel, failure)
    {
    }
}
