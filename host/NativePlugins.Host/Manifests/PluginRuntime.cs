namespace NativePlugins.Host;

/// <summary>What a plugin's library brings into the process besides its own code.</summary>
public enum PluginRuntime
{
    /// <summary>Nothing: plain native code.</summary>
    None = 1,

    /// <summary>.NET, compiled with NativeAOT. Such a library stays mapped for good.</summary>
    NativeAot = 2,

    /// <summary>Another managed runtime, or one that this host does not know. It stays mapped for good.</summary>
    Other = 3,
}
