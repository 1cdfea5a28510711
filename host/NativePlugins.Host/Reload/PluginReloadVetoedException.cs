using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host;

/// <summary>NP7007: the application did not want the reload. See <see cref="PluginErrors.ReloadVetoed"/>.</summary>
public sealed class PluginReloadVetoedException : PluginException
{
    internal PluginReloadVetoedException(PluginFailure failure)
        : base(PluginErrors.ReloadVetoed, failure)
    {
    }
}
