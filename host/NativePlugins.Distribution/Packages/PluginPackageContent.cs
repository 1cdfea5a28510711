namespace NativePlugins.Distribution;

/// <summary>What a package is made of.</summary>
public sealed class PluginPackageContent
{
    /// <summary>
    /// The folders into which the plugin was published, one a system. Of each the library, its manifest and the files that the manifest lists are
    /// taken, and nothing else: symbols stay out.
    /// </summary>
    public IList<string> Folders { get; } = [];

    /// <summary>Who made the plugin, for NuGet. Default: the plugin's id.</summary>
    public string? Authors { get; set; }

    /// <summary>What the plugin is for, in plain text, for NuGet. Default: the plugin's name.</summary>
    public string? Description { get; set; }

    /// <summary>The licence, as an SPDX expression such as <c>MIT</c>. Default: none is stated.</summary>
    public string? License { get; set; }

    /// <summary>The path of a README in Markdown. Default: none.</summary>
    public string? Readme { get; set; }
}
