using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP1002: two files fit the name. See <see cref="PluginErrors.Ambiguous"/>.</summary>
public sealed class PluginAmbiguousException : PluginException
{
    internal PluginAmbiguousException(PluginFailure failure)
        : base(PluginErrors.Ambiguous, failure)
    {
    }
}
