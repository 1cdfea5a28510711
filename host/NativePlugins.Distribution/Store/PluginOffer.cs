namespace NativePlugins.Distribution;

/// <summary>What a source offers of a plugin, beside what is installed. Immutable.</summary>
/// <param name="Id">The plugin's id.</param>
/// <param name="Version">The greatest version that was asked for.</param>
/// <param name="Source">Where it is.</param>
/// <param name="InstalledVersion">The version that is installed; null if none is.</param>
/// <param name="IsUpdate">Whether <paramref name="Version"/> is greater than <paramref name="InstalledVersion"/>.</param>
public sealed record PluginOffer(string Id, string Version, string Source, string? InstalledVersion, bool IsUpdate);
