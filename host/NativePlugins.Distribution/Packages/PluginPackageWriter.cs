using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;
using NativePlugins.Distribution.Archives;
using NativePlugins.Distribution.Packages;
using NativePlugins.Host;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Distribution;

/// <summary>Makes packages from published plugins. The same files make the same package, to the byte. Thread-safe.</summary>
public static class PluginPackageWriter
{
    private const string ManifestPattern = "*.plugin.json";

    /// <summary>Makes a package, and refuses what <see cref="PluginPackage"/> would refuse, or what would not load on the system that it is for.</summary>
    /// <param name="content">What goes in.</param>
    /// <param name="directory">Where to write the package. It is made if it is missing; a package of the same name is replaced.</param>
    /// <returns>The package's path, <c>&lt;directory&gt;/&lt;id&gt;.&lt;version&gt;.nupkg</c>.</returns>
    /// <exception cref="ArgumentException">There are no folders.</exception>
    /// <exception cref="PluginException">A folder holds no plugin, or one that would be refused.</exception>
    /// <exception cref="IOException">The system refused to read or write a file.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static string Write(PluginPackageContent content, string directory)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (content.Folders.Count == 0)
        {
            throw new ArgumentException("There are no folders to pack.", nameof(content));
        }

        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        PluginManifest[] manifests = [.. content.Folders.Select(Path.GetFullPath).Select(folder => AddFolder(folder, files))];
        PluginManifest first = manifests[0];
        files.Add(BillOfMaterials.FileName, BillOfMaterials.Write(content, manifests, files));

        if (content.Readme is { } readme)
        {
            files.Add(Nuspec.Readme, File.ReadAllBytes(readme));
        }

        files.Add(Nuspec.NameFor(first.Id), Nuspec.Write(first, content));
        files.Add(Nuspec.Relations, Nuspec.WriteRelations(first.Id));
        files.Add(Nuspec.ContentTypes, Nuspec.WriteContentTypes([.. files.Keys, PackageStatement.FileName]));
        return Write(first, files, Directory.CreateDirectory(directory).FullName);
    }

    /// <summary>
    /// Signs a package: its statement, and so its id, its version and the digest of every file. All files are checked before. A signature that it
    /// has already is replaced.
    /// </summary>
    /// <param name="path">The package, which is replaced by the signed one in one step.</param>
    /// <param name="key">The key.</param>
    /// <param name="time">For the time that the signature's comment names. Default (null): the system's.</param>
    /// <exception cref="PluginException">It is no plugin package, or a feed has signed it.</exception>
    /// <exception cref="IOException">The system refused to read or write a file.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static void Sign(string path, MinisignSecretKey key, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(key);
        byte[] statement;
        SortedDictionary<string, byte[]> files;
        using (PluginPackage package = PluginPackage.Open(path))
        {
            files = package.ReadAll();
            statement = package.Statement.ToArray();
        }

        byte[] signature = Encoding.UTF8.GetBytes(key.SignFile(new MemoryStream(statement), PackageStatement.FileName, time).ToString());
        Replace(Path.GetFullPath(path), stream => PackageFiles.Write(stream, statement, signature, files));
    }

    private static string Write(PluginManifest manifest, SortedDictionary<string, byte[]> files, string directory)
    {
        string path = Path.Combine(directory, $"{manifest.Id}.{manifest.Version}.nupkg");
        Replace(path, stream => PackageFiles.Write(stream, manifest.Id, manifest.Version, files));
        return path;
    }

    /// <summary>Writes beside the name, reads what was written as whoever installs it will, and gives it its name then.</summary>
    private static void Replace(string path, Action<Stream> write)
    {
        string written = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            using (PluginPackage package = PluginPackage.Open(written))
            {
                package.Verify();
            }

            File.Move(written, path, overwrite: true);
        }
        catch
        {
            File.Delete(written);
            throw;
        }
    }

    private static PluginManifest AddFolder(string folder, SortedDictionary<string, byte[]> files)
    {
        var failures = new ArchiveFailures(folder);
        string[] manifests = Directory.Exists(folder) ? Directory.GetFiles(folder, ManifestPattern) : [];
        if (manifests.Length != 1)
        {
            throw failures.Inconsistent("a folder with one published plugin", manifests.Length == 0 ? "no manifest" : $"{manifests.Length} manifests");
        }

        PluginManifest manifest = Host.Manifests.ManifestReader.Read(manifests[0])!;
        string rid = manifest.Rid;
        if (!RuntimeIds.IsValid(rid) || !PackageId.IsValidId(manifest.Id) || !PackageId.IsValidVersion(manifest.Version))
        {
            throw failures.Inconsistent(
                $"{PackageId.IdForm}; {PackageId.VersionForm}; a rid such as linux-x64",
                $"{UntrustedText.Quote(manifest.Id)}, {UntrustedText.Quote(manifest.Version)}, {UntrustedText.Quote(rid)} in the manifest");
        }

        foreach (string name in manifest.Files.Append(manifest.Library).Append(Path.GetFileName(manifests[0])).Distinct(StringComparer.Ordinal))
        {
            if (!EntryName.IsValid(name))
            {
                throw failures.BadEntry(EntryName.Form, UntrustedText.Quote(name));
            }

            string path = Path.Combine(folder, name);
            RequireRegular(path);
            if (!files.TryAdd($"{PluginFolder.Root}{rid}/{name}", File.ReadAllBytes(path)))
            {
                throw failures.Inconsistent("one folder a system", $"a second one for {rid}");
            }
        }

        LibraryCheck.Require(Path.Combine(folder, manifest.Library), rid, manifest, failures);
        return manifest;
    }

    private static void RequireRegular(string path)
    {
        FileError error = FileSystem.Current.GetStatus(path, followLinks: true, out FileStatus status);
        if (!error.IsNone || !status.IsRegular)
        {
            throw new PackageSourceException(new PluginFailure($"{UntrustedText.Quote(path)}, which the manifest lists, cannot be packed")
            {
                Expected = "a regular file",
                Found = error.IsNone ? status.DescribeKind() : error.Describe(),
            });
        }
    }
}
