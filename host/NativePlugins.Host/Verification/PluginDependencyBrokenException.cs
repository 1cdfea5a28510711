using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP2016: a library that it needs cannot be loaded. See <see cref="PluginErrors.DependencyBroken"/>.</summary>
public sealed class PluginDependencyBrokenException : PluginException
{
    internal PluginDependencyBrokenException(PluginFailure failure)
        : base(PluginErrors.DependencyBroken, failure)
    {
    }
}
