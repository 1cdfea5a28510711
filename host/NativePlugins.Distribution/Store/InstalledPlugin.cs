namespace NativePlugins.Distribution;

/// <summary>A plugin that is installed, as the lock file states it. Immutable.</summary>
/// <param name="Id">The plugin's id, by which a host finds it.</param>
/// <param name="Version">The version that a host finds.</param>
/// <param name="PreviousVersion">The version before, to which <see cref="PluginStore.RollBackAsync"/> goes back; null if there is none.</param>
/// <param name="System">The system that its files are for, for example <c>linux-x64</c>.</param>
/// <param name="Source">Where its package came from.</param>
/// <param name="PackageSha256">The SHA-256 of that package, in lower-case hexadecimal.</param>
/// <param name="Directory">Where its files are. A link to it has the plugin's id as its name.</param>
public sealed record InstalledPlugin(
    string Id, string Version, string? PreviousVersion, string System, string Source, string PackageSha256, string Directory);
