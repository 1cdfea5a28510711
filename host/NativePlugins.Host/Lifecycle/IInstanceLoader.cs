using NativePlugins.Host.Staging;

namespace NativePlugins.Host.Lifecycle;

/// <summary>Makes an instance of a plugin whose files have been checked, in this process or in another. Thread-safe.</summary>
internal interface IInstanceLoader
{
    /// <summary>Whether libraries are mapped into this process, so that they have to fit what is mapped here.</summary>
    bool IsInThisProcess { get; }

    /// <summary>Maps the library, calls its entry and creates the instance. What cannot be loaded is given back.</summary>
    /// <exception cref="PluginException">The plugin was refused, or did not answer in time.</exception>
    LoadedParts Load(VerifiedPlugin plugin, PluginTimings timings);
}
