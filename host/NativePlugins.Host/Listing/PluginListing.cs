namespace NativePlugins.Host;

/// <summary>One plugin as <see cref="PluginHost.List"/> found it, without running any of it.</summary>
public sealed class PluginListing
{
    internal PluginListing(string path, string stem, PluginManifest? manifest, PluginException? refusal, string? shadowedBy)
    {
        Path = path;
        Stem = stem;
        Manifest = manifest;
        Refusal = refusal;
        ShadowedBy = shadowedBy;
    }

    /// <summary>The library's absolute path.</summary>
    public string Path { get; }

    /// <summary>The name under which the plugin is found: the file's name without prefix and extension.</summary>
    public string Stem { get; }

    /// <summary>The manifest beside the library, or null if there is none, or none that can be read.</summary>
    public PluginManifest? Manifest { get; }

    /// <summary>Why the plugin would not be loaded here; null if it passes every check that can be made without running it.</summary>
    public PluginException? Refusal { get; }

    /// <summary>The path of the plugin with the same id that comes first in the search, or null.</summary>
    public string? ShadowedBy { get; }

    /// <summary>Whether the plugin passes every check that can be made without running it.</summary>
    public bool IsLoadable => Refusal is null;
}
