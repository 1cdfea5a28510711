namespace NativePlugins.Host;

/// <summary>The steps of a reload, in their order.</summary>
public enum PluginReloadPhase
{
    /// <summary>From the first sign of a change until the installed files are complete. Only if the plugin is watched.</summary>
    Detect,

    /// <summary>Waiting for other reloads, and for the end of the call from within which the reload was asked for.</summary>
    Wait,

    /// <summary>Finding the installed library and checking its bytes and its manifest.</summary>
    Verify,

    /// <summary>Copying the plugin's files, hashing the copies, checking them again.</summary>
    Stage,

    /// <summary>The application's decision: <see cref="Plugin.Reloading"/>.</summary>
    Approve,

    /// <summary>Mapping the library, calling its entry, checking its description, creating the instance.</summary>
    Load,

    /// <summary>Starting the new generation beside the old one, and finding its services.</summary>
    Start,

    /// <summary>The gate is closed, and calls in flight end.</summary>
    Drain,

    /// <summary>State is saved from the old generation and loaded into the new one.</summary>
    Migrate,

    /// <summary>The new generation takes the old one's place, and the gate opens.</summary>
    Commit,

    /// <summary>The old generation is stopped and destroyed, and its library closed if that is allowed.</summary>
    Retire,
}
