namespace NativePlugins.Distribution;

/// <summary>How a file of an installed plugin differs from the lock file.</summary>
public enum PluginDifferenceKind
{
    /// <summary>It is not there.</summary>
    Missing = 0,

    /// <summary>Its size or its digest is another one, it is no regular file, or it cannot be opened.</summary>
    Changed = 1,

    /// <summary>The lock file does not name it.</summary>
    Added = 2,

    /// <summary>The link by which a host finds the plugin leads elsewhere.</summary>
    Link = 3,
}

/// <summary>One difference between an installed plugin and the lock file.</summary>
/// <param name="Id">The plugin's id.</param>
/// <param name="Version">The version whose file it is.</param>
/// <param name="Path">Relative to the version's directory; of a link, relative to the directory of plugins. Untrusted text: escape it before you show it.</param>
/// <param name="Kind">What differs.</param>
public sealed record PluginDifference(string Id, string Version, string Path, PluginDifferenceKind Kind);
