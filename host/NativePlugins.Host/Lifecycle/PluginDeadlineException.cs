using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5004: the plugin did not answer in time. See <see cref="PluginErrors.DeadlinePassed"/>.</summary>
public sealed class PluginDeadlineException : PluginException
{
    internal PluginDeadlineException(PluginFailure failure)
        : base(PluginErrors.DeadlinePassed, failure)
    {
    }
}
