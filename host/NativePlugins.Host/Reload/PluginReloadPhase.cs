namespace NativePlugins.Host;

/// <summary>The steps of a reload, in their order.</summary>
public enum PluginReloadPhase
{
    /// <summary>
    /// From the first sign of a change until the installed files are complete. Only where the plugin is watched.
    /// </summary>
    Detect,

    /// <summary>Waiting until the call has ended from within which the reload was asked for, and for other reloads.</summary>
    Wait,

    /// <summary>Finding the installed library and checking its bytes and its manifest.</summary>
    Verify,

    /// <summary>Copying the plugin's files, hashing the copies, checking them again.</summary>
    Stage,

    /// <summary>The application's say: <see cref="Plugin.Reloading"/>.</summary>
    Approve,

    /// <summary>Mapping the library, its entry, its description, and create.</summary>
    Load,

    /// <summary>Starting the new generation beside the old one, and finding its services.</summary>
    Start,

    /// <summary>The gate is closed, and calls in flight end.</summary>
    Drain,

    /// <summary>State is saved from the old generation and loaded into the new one.</summary>
    Migrate,

    /// <summary>The new generation takes the old one's place, and the gate opens.</summary>
    Commit,

    /// <summary>The old generation is stopped and destroyed, and its library closed where that is allowed.</summary>
    Retire,
}
