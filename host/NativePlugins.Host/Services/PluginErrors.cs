namespace NativePlugins.Host;

/// <content>What a plugin and the application offer each other.</content>
public static partial class PluginErrors
{
    /// <summary>NP4005: the plugin does not offer the service. Thrown as <see cref="PluginServiceMissingException"/>.</summary>
    public static PluginError ServiceMissing { get; } = new("NP4005", 76,
        "The plugin does not offer the service",
        "The plugin was asked for a service that it does not have, for example np.command/1 when it should be run as a command.",
        "Use a plugin that offers it.");

    /// <summary>NP4006: the plugin offers another contract under that id. Thrown as <see cref="PluginContractMismatchException"/>.</summary>
    public static PluginError ContractMismatch { get; } = new("NP4006", 76,
        "The plugin offers another contract under that id",
        "The application and the plugin were compiled with interfaces or headers of one id that differ in a member: its name, its place, a type or a layout. Calling it would read and write the wrong memory, so no call was made.",
        "Build both with the same contract. What has shipped must not change: append members with a later minor version, or give a changed contract the next major version.");

    /// <summary>NP6001: a setting is missing or has a bad value. Thrown as <see cref="PluginConfigurationException"/>.</summary>
    public static PluginError SettingMissing { get; } = new("NP6001", 78,
        "A setting is missing or has a bad value",
        "The plugin refused its configuration: the section Plugins:<id> lacks a key that it needs, or has a value that it cannot use.",
        "Set the key, with --set KEY=VALUE or in the file of --config.");

    /// <summary>NP5003: the plugin failed in a call. Thrown as <see cref="PluginFaultException"/>.</summary>
    public static PluginError Fault { get; } = new("NP5003", 70,
        "The plugin failed in a call",
        "A call into the plugin ended with an error status, or with an exception that was stopped at the boundary.",
        "See the plugin's own words under 'found', and report them to the plugin's author.");

    /// <summary>NP5007: the object belongs to an instance that has ended. Thrown as <see cref="PluginObjectEndedException"/>.</summary>
    public static PluginError ObjectEnded { get; } = new("NP5007", 70,
        "The object belongs to an instance that has ended",
        "An object that the plugin has given to the application lives as long as the instance that made it. The plugin was stopped since, or replaced by another build with PluginReloadOptions.LiveObjects = Invalidate, and the object was released then.",
        "Ask the plugin for a new one. Where objects must not end in this way, let a reload wait for them: PluginReloadOptions.LiveObjects = Wait.");

    private static PluginError[] OfServices => [ServiceMissing, ContractMismatch, SettingMissing, Fault, ObjectEnded];
}
