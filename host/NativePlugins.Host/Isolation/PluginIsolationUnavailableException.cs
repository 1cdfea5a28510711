using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP5102: this system has no isolation. See <see cref="PluginErrors.IsolationUnavailable"/>.</summary>
public sealed class PluginIsolationUnavailableException : PluginException
{
    internal PluginIsolationUnavailableException(PluginFailure failure)
        : base(PluginErrors.IsolationUnavailable, failure)
    {
    }
}
