using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3018: the managed assembly cannot be run. See <see cref="PluginErrors.Managed"/>.</summary>
public sealed class PluginManagedException : PluginException
{
    internal PluginManagedException(PluginFailure failure)
        : base(PluginErrors.Managed, failure)
    {
    }
}
