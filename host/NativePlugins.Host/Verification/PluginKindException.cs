using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2005: not a shared library. See <see cref="PluginErrors.Kind"/>.</summary>
public sealed class PluginKindException : PluginException
{
    internal PluginKindException(PluginFailure failure)
        : base(PluginErrors.Kind, failure)
    {
    }
}
