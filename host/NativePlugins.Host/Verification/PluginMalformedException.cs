using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2004: the library is malformed. See <see cref="PluginErrors.Malformed"/>.</summary>
public sealed class PluginMalformedException : PluginException
{
    internal PluginMalformedException(PluginFailure failure)
        : base(PluginErrors.Malformed, failure)
    {
    }
}
