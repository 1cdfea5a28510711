namespace NativePlugins.Host;

/// <summary>What became of a generation's library after it had been retired.</summary>
public enum PluginRetiredImage
{
    /// <summary>It was closed, and is no longer mapped, as the system's loader has confirmed; or its process has ended, or its load context is gone.</summary>
    Unmapped,

    /// <summary>It was closed, but is still mapped: unique symbols (C++), thread-local destructors (Rust) or another library keep it. Of a managed plugin: something still refers to its load context.</summary>
    StillMapped,

    /// <summary>It carries a NativeAOT runtime, which can never be unloaded. It counts against the limit.</summary>
    Resident,

    /// <summary>The plugin does not say that it may be unloaded, so it was not closed.</summary>
    Pinned,

    /// <summary>Its stop or destroy did not return in time. Nothing was freed, and no further call is made to it.</summary>
    Quarantined,
}
