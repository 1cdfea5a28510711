using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Host;
using NativePlugins.Host.Manifests;

namespace NativePlugins.Distribution.Packages;

/// <summary>The files of a plugin for one system, in <c>plugins/&lt;rid&gt;/</c> of a package: the library, its manifest, and what that lists.</summary>
/// <param name="Rid">The system.</param>
/// <param name="Manifest">What the plugin says of itself there.</param>
/// <param name="Files">Relative to the folder, in ordinal order.</param>
internal sealed record PluginFolder(string Rid, PluginManifest Manifest, IReadOnlyList<PluginPackageFile> Files)
{
    public const string Root = "plugins/";

    private const string ManifestEnd = ".plugin.json";

    private static readonly string[] s_kept = [PackageStatement.FileName, PackageStatement.SignatureName];

    /// <summary>Reads the manifest of a folder, and holds the folder to it.</summary>
    /// <param name="rid">The folder's name.</param>
    /// <param name="files">All its files, relative to it.</param>
    /// <param name="read">Returns the content of one of them.</param>
    /// <param name="failures">Of the package.</param>
    public static PluginFolder Read(string rid, IReadOnlyList<PluginPackageFile> files, Func<string, byte[]> read, ArchiveFailures failures)
    {
        if (!RuntimeIds.IsValid(rid))
        {
            throw failures.Inconsistent("folders named after systems, such as linux-x64", UntrustedText.Quote(Root + rid));
        }

        PluginPackageFile[] manifests = [.. files.Where(file => file.Path.EndsWith(ManifestEnd, StringComparison.Ordinal) && !file.Path.Contains('/', StringComparison.Ordinal))];
        if (manifests.Length != 1 || manifests[0].Size > PluginManifest.MaxSize)
        {
            throw failures.Inconsistent($"one manifest in {Root}{rid}, of at most {PluginManifest.MaxSize} bytes", manifests.Length == 1 ? "a larger one" : $"{manifests.Length}");
        }

        string name = manifests[0].Path;
        PluginManifest manifest = ManifestReader.Parse(read(name), $"{Root}{rid}/{name}");
        var folder = new PluginFolder(rid, manifest, files);
        folder.Require(name, failures);
        return folder;
    }

    /// <summary>That of the plugin's library, relative to the folder.</summary>
    public string Library => Manifest.Library;

    private void Require(string manifestName, ArchiveFailures failures)
    {
        string id = Manifest.Id;
        string library = RuntimeIds.PrefixOf(Rid) + id + RuntimeIds.ExtensionOf(Rid);
        if (Manifest.Library != library || manifestName != Path.GetFileName(PluginManifest.PathFor(library)))
        {
            // The name by which a host looks a plugin up is that of its library.
            throw failures.Inconsistent($"a library {library} with its manifest, as the plugin's id is {id}", $"{UntrustedText.Quote(Manifest.Library)} with {UntrustedText.Quote(manifestName)}");
        }

        if (Files.FirstOrDefault(file => s_kept.Contains(file.Path.Split('/')[0], StringComparer.OrdinalIgnoreCase)) is { } taken)
        {
            throw failures.Inconsistent($"files of other names than {string.Join(" and ", s_kept)}, which an installation puts beside them", UntrustedText.Quote($"{Root}{Rid}/{taken.Path}"));
        }

        if (Manifest.Rid.Length != 0 && Manifest.Rid != Rid)
        {
            throw failures.Inconsistent($"a plugin for {Rid}", $"one for {UntrustedText.Quote(Manifest.Rid)}, as its manifest says");
        }

        HashSet<string> stated = [.. Manifest.Files, library, manifestName];
        HashSet<string> present = [.. Files.Select(file => file.Path)];
        if (stated.FirstOrDefault(file => !present.Contains(file)) is { } missing)
        {
            throw failures.Inconsistent($"{UntrustedText.Quote(missing)} in {Root}{Rid}, as the manifest says", "no such file");
        }

        if (present.FirstOrDefault(file => !stated.Contains(file)) is { } surplus)
        {
            throw failures.Inconsistent("files that the manifest lists", UntrustedText.Quote($"{Root}{Rid}/{surplus}"));
        }
    }
}
