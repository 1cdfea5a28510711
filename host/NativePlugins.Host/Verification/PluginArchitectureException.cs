using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2006: built for another machine. See <see cref="PluginErrors.Architecture"/>.</summary>
public sealed class PluginArchitectureException : PluginException
{
    internal PluginArchitectureException(PluginFailure failure)
        : base(PluginErrors.Architecture, failure)
    {
    }
}
