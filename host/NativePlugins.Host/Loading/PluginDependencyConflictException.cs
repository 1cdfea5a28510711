using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7005: another library is loaded under the name of one that the plugin brings. See <see cref="PluginErrors.DependencyConflict"/>.</summary>
public sealed class PluginDependencyConflictException : PluginException
{
    internal PluginDependencyConflictException(PluginFailure failure)
        : base(PluginErrors.DependencyConflict, failure)
    {
    }
}
