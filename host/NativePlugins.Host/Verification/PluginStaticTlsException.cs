using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3007: no room for its static thread-local data. See <see cref="PluginErrors.StaticTls"/>.</summary>
public sealed class PluginStaticTlsException : PluginException
{
    internal PluginStaticTlsException(PluginFailure failure)
        : base(PluginErrors.StaticTls, failure)
    {
    }
}
