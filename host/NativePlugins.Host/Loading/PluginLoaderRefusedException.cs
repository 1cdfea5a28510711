using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP3004: the system's loader refused it. See <see cref="PluginErrors.LoaderRefused"/>.</summary>
public sealed class PluginLoaderRefusedException : PluginException
{
    internal PluginLoaderRefusedException(PluginFailure failure)
        : base(PluginErrors.LoaderRefused, failure)
    {
    }
}
