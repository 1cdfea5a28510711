using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP1001: no plugin of that name. See <see cref="PluginErrors.NotFound"/>.</summary>
public sealed class PluginNotFoundException : PluginException
{
    internal PluginNotFoundException(PluginFailure failure)
        : base(PluginErrors.NotFound, failure)
    {
    }
}
