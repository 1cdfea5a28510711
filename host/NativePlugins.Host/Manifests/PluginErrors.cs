namespace NativePlugins.Host;

/// <content>What a plugin says about itself.</content>
public static partial class PluginErrors
{
    /// <summary>NP4003: library and manifest disagree. Thrown as <see cref="PluginManifestMismatchException"/>.</summary>
    public static PluginError ManifestMismatch { get; } = new("NP4003", 76,
        "Library and manifest disagree",
        "The manifest beside the library says something else than the library itself: the two are not from one build.",
        "Copy both files of one build, or write the manifest anew with `host manifest`.");

    /// <summary>NP4004: the manifest cannot be read. Thrown as <see cref="PluginManifestException"/>.</summary>
    public static PluginError Manifest { get; } = new("NP4004", 65,
        "The manifest cannot be read",
        "The file beside the library, libX.plugin.json, is not JSON, is too large, or lacks what a manifest must say.",
        "Write it anew with `host manifest`, or delete it: a plugin runs without one.");

    private static PluginError[] OfManifests => [ManifestMismatch, Manifest];
}
