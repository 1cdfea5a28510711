using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3001: a library that it needs is missing. See <see cref="PluginErrors.DependencyMissing"/>.</summary>
public sealed class PluginDependencyMissingException : PluginException
{
    internal PluginDependencyMissingException(PluginFailure failure)
        : base(PluginErrors.DependencyMissing, failure)
    {
    }
}
