using System.Collections.Immutable;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Host.Staging;

namespace NativePlugins.Host.Reload;

/// <summary>What the system says about a plugin's installed files, at one moment.</summary>
/// <param name="HasLibrary">Whether there is a library.</param>
/// <param name="Stamps">Name, place, size and times of each file, in the order of the names.</param>
internal sealed record InstalledStamp(bool HasLibrary, string Stamps);

/// <summary>A plugin's files where they are installed: the library, its manifest and the files that the manifest lists.</summary>
internal class InstalledFiles(string installedPath, bool readsManifest)
{
    private volatile IReadOnlySet<string> _listed = ImmutableHashSet<string>.Empty;

    /// <summary>Takes a few status calls. Only the manifest is opened.</summary>
    public virtual InstalledStamp Stamp()
    {
        if (!FileSystem.Current.GetRealPath(installedPath, out string library).IsNone)
        {
            return new InstalledStamp(HasLibrary: false, "");
        }

        string directory = Path.GetDirectoryName(library)!;
        IEnumerable<string> stamps = Names(library)
            .Append(Path.GetFileName(PluginManifest.PathFor(library))).Distinct(StringComparer.Ordinal)
            .Select(name => $"{name} {Stamp(Path.Combine(directory, name))}");
        return new InstalledStamp(HasLibrary: true, string.Join('\n', stamps.Prepend(library)));
    }

    /// <summary>
    /// The directories of the files and of the link to them. Each has an identity that tells it from a later directory under its path.
    /// </summary>
    public virtual IEnumerable<(string Path, string Identity)> Directories()
    {
        var files = new List<string> { installedPath };
        if (FileSystem.Current.GetRealPath(installedPath, out string library).IsNone)
        {
            string directory = Path.GetDirectoryName(library)!;
            files.AddRange(Names(library).Append(Path.GetFileName(PluginManifest.PathFor(library))).Select(name => Path.GetFullPath(name, directory)));
        }

        _listed = files.Select(Path.GetFileName).ToHashSet(FileSystem.Current.PathComparer)!;
        return [.. files.Select(file => Path.GetDirectoryName(file)!).Distinct(FileSystem.Current.PathComparer)
            .Select(directory => (directory, Identity: IdentityOf(directory))).Where(directory => directory.Identity.Length != 0)];
    }

    /// <summary>Whether one of the files that <see cref="Directories"/> saw last has that name. May be called from any thread.</summary>
    public bool IsListed(string path) => _listed.Contains(Path.GetFileName(path));

    /// <summary>The hash over the content of all files, as staging computes it; null if one of them cannot be read now.</summary>
    public virtual string? Hash()
    {
        if (!FileSystem.Current.GetRealPath(installedPath, out string library).IsNone)
        {
            return null;
        }

        try
        {
            string directory = Path.GetDirectoryName(library)!;
            var files = new List<(string, string)>();
            foreach (string name in Names(library))
            {
                using BinaryFile file = BinaryFile.Open(Path.Combine(directory, name), FileSystem.Current);
                files.Add((name, file.ComputeSha256()));
            }

            return PluginContent.Combine(files);
        }
        catch (BinaryException)
        {
            return null;
        }
    }

    private IReadOnlyList<string> Names(string library)
    {
        try
        {
            return PluginContent.FilesOf(library, readsManifest ? PluginManifest.ReadFor(library) : null);
        }
        catch (PluginException)
        {
            // If the manifest cannot be read, the reload says so.
            return PluginContent.FilesOf(library, null);
        }
    }

    private static string IdentityOf(string directory) =>
        FileSystem.Current.GetStatus(directory, followLinks: true, out FileStatus status).IsNone ? $"{status.Device} {status.Inode}" : "";

    private static string Stamp(string path) =>
        FileSystem.Current.GetStatus(path, followLinks: true, out FileStatus status).IsNone
            ? status.DescribeVersion()
            : "missing";
}
