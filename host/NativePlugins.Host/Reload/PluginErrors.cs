using NativePlugins.Host.Reload;

namespace NativePlugins.Host;

/// <content>The replacement of a plugin that is in use.</content>
public static partial class PluginErrors
{
    /// <summary>NP7006: the state did not reach the new generation. Thrown as <see cref="PluginStateTransferException"/>.</summary>
    public static PluginError StateTransfer { get; } = new("NP7006", 70,
        "The state did not reach the new generation",
        "The old generation could not save its state (np.state/1), or the new one refused it or offers no np.state/1. The old generation goes on.",
        "See the plugin's own words under 'found'. PluginReloadOptions.AllowStateLoss allows a new generation without np.state/1.");

    /// <summary>NP7007: the application did not want the reload. Thrown as <see cref="PluginReloadVetoedException"/>.</summary>
    public static PluginError ReloadVetoed { get; } = new("NP7007", 77,
        "The application did not want the reload",
        "A handler of the plugin's event Reloading cancelled the reload. The old generation goes on.",
        "Reload later.");

    /// <summary>NP7009: the plugin was not loaded to be reloaded. Thrown as <see cref="PluginNotReloadableException"/>.</summary>
    public static PluginError NotReloadable { get; } = new("NP7009", 78,
        "The plugin was not loaded to be reloaded",
        "A plugin can be reloaded only where the host's options said so before it was loaded: it then runs from a private copy.",
        "Set PluginHostOptions.Reload.");

    /// <summary>NP7010: it is another plugin. Thrown as <see cref="PluginIdentityException"/>.</summary>
    public static PluginError Identity { get; } = new("NP7010", 76,
        "It is another plugin",
        "The library that should replace a plugin has another id. Settings, data directory and state belong to an id.",
        "Put the library elsewhere and load it as a plugin of its own.");

    private static PluginError[] OfReload => [StateTransfer, ReloadVetoed, NotReloadable, Identity];
}
