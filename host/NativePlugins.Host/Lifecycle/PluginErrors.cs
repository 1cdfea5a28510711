namespace NativePlugins.Host;

/// <content>The calls that take a plugin through its life.</content>
public static partial class PluginErrors
{
    /// <summary>NP5001: the plugin could not be created. Thrown as <see cref="PluginCreateFailedException"/>.</summary>
    public static PluginError CreateFailed { get; } = new("NP5001", 70,
        "The plugin could not be created",
        "The plugin's entry or create returned an error. Nothing of the plugin is running.",
        "See the plugin's own words under 'found'.");

    /// <summary>NP5002: the plugin could not be started. Thrown as <see cref="PluginStartFailedException"/>.</summary>
    public static PluginError StartFailed { get; } = new("NP5002", 70,
        "The plugin could not be started",
        "The plugin's start returned an error. It was destroyed again.",
        "See the plugin's own words under 'found'.");

    /// <summary>NP5004: the plugin did not answer in time. Thrown as <see cref="PluginDeadlineException"/>.</summary>
    public static PluginError DeadlinePassed { get; } = new("NP5004", 75,
        "The plugin did not answer in time",
        "A call into the plugin's entry, create, start, get_service or stop, or one that a reload makes, took longer than the deadline. The call cannot be interrupted: the plugin, or in a reload its new generation, is put in quarantine, and no further call is made to it. If a reload asked the generation that serves, or it was get_service that did not return, that one goes on, and is neither replaced nor stopped.",
        "Raise the deadline (--timeout), or find out what the plugin waits for.");

    /// <summary>NP5005: not possible in the plugin's state. Thrown as <see cref="PluginStateException"/>.</summary>
    public static PluginError InvalidState { get; } = new("NP5005", 70,
        "Not possible in the plugin's state",
        "The plugin is stopped, disposed, in quarantine, or has not been started, and the call needs it to run.",
        "Load the plugin again, or start it first.");

    /// <summary>NP5006: calls into the plugin did not end in time. Thrown as <see cref="PluginBusyException"/>.</summary>
    public static PluginError Busy { get; } = new("NP5006", 75,
        "Calls into the plugin did not end in time",
        "The plugin should have stopped, and calls into it were still running when the deadline passed. It goes on; when it was disposed of, it is in quarantine.",
        "Cancel or await the calls before disposing of the plugin, or raise the deadline.");

    /// <summary>NP7008: the plugin is being reloaded. Thrown as <see cref="PluginReloadingException"/>.</summary>
    public static PluginError Reloading { get; } = new("NP7008", 75,
        "The plugin is being reloaded",
        "The call arrived while the plugin was being replaced, and did not wait until that was over: PluginReloadOptions.CallPatience ended, or the caller is itself inside a call into a plugin, where waiting could last for ever.",
        "Call again.");

    /// <summary>NP7017: objects of the plugin's are in use. Thrown as <see cref="PluginObjectsInUseException"/>.</summary>
    public static PluginError ObjectsInUse { get; } = new("NP7017", 75,
        "Objects of the plugin's are in use",
        "The plugin should have been replaced, and the application had not disposed of all objects that the plugin has given it when the drain deadline passed. The old generation goes on, and so do the objects.",
        "Dispose of the objects and reload again, or raise PluginHostOptions.DrainDeadline. PluginReloadOptions.LiveObjects = Invalidate replaces the plugin all the same, and ends the objects.");

    private static PluginError[] OfLifecycle => [CreateFailed, StartFailed, DeadlinePassed, InvalidState, Busy, Reloading, ObjectsInUse];
}
