using NativePlugins.Host.Manifests;

namespace NativePlugins.Distribution.Packages;

/// <summary>The rules for what names a package: they make ids and versions that are the same text for NuGet, for a file system and for us.</summary>
internal static class PackageId
{
    public const string IdForm = "an id of lower-case letters, digits and _ . -, in which no two of . and - stand together or at the end, at most 64 characters, and not plugins.lock.json";

    /// <summary>The lock file, beside which installed plugins have their ids as names.</summary>
    public const string LockFileName = "plugins.lock.json";

    public const string VersionForm = "a version as in Semantic Versioning 2.0.0, without upper-case letters and build metadata, at most 64 characters";

    private const int MaxVersion = 64;

    /// <summary>A plugin's id that NuGet takes too, <c>^\w+([.-]\w+)*$</c>, and under whose name nothing else stands in a directory of plugins.</summary>
    public static bool IsValidId(string id)
    {
        bool isSeparator = false;
        foreach (char c in id)
        {
            bool was = isSeparator;
            isSeparator = c is '.' or '-';
            if (was && isSeparator)
            {
                return false;
            }
        }

        return !isSeparator && id != LockFileName && PluginId.IsValid(id);
    }

    /// <summary>NuGet compares without letter case and build metadata; two versions that it takes for one must not be two folders.</summary>
    public static bool IsValidVersion(string version) =>
        version.Length <= MaxVersion && SemanticVersion.IsValid(version) && !version.Contains('+', StringComparison.Ordinal)
        && !version.Any(char.IsAsciiLetterUpper);
}
