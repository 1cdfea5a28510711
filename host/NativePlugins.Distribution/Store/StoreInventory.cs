using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Distribution.Packages;

namespace NativePlugins.Distribution.Store;

/// <summary>Compares what is installed with the lock file. Changes nothing.</summary>
internal static class StoreInventory
{
    /// <summary>Every difference, the plugins in the order of the lock file.</summary>
    public static IEnumerable<PluginDifference> Compare(StoreLayout layout, LockFile locked)
    {
        foreach (LockedPlugin plugin in locked.Plugins)
        {
            if (layout.LinkedVersion(plugin.Id) != plugin.Current.Version)
            {
                yield return new PluginDifference(plugin.Id, plugin.Current.Version, plugin.Id, PluginDifferenceKind.Link);
            }

            foreach (PluginDifference difference in plugin.Versions.SelectMany(version => Compare(layout, plugin.Id, version)))
            {
                yield return difference;
            }
        }
    }

    public static IEnumerable<PluginDifference> Compare(StoreLayout layout, string id, LockedVersion version)
    {
        string directory = layout.Version(id, version.Version);
        foreach (PluginPackageFile file in version.Files)
        {
            if (FindDifference(Path.Combine(directory, file.Path.Replace('/', Path.DirectorySeparatorChar)), file) is { } kind)
            {
                yield return new PluginDifference(id, version.Version, file.Path, kind);
            }
        }

        if (Directory.Exists(directory))
        {
            HashSet<string> stated = [.. version.Files.Select(file => file.Path)];
            foreach (string path in Entries(directory).Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal))
            {
                if (!stated.Contains(path))
                {
                    yield return new PluginDifference(id, version.Version, path, PluginDifferenceKind.Added);
                }
            }
        }
    }

    /// <summary>Files, links and what else is no directory. A link to a directory is not followed.</summary>
    private static IEnumerable<string> Entries(string directory)
    {
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", options))
        {
            if (entry.FullName.Length == 0)
            {
                // .NET gives no path where it is longer than the system takes.
                throw new PathTooLongException($"The path of something in '{directory}' is too long.");
            }

            if (entry is DirectoryInfo && entry.LinkTarget is null)
            {
                foreach (string below in Entries(entry.FullName))
                {
                    yield return below;
                }
            }
            else
            {
                yield return entry.FullName;
            }
        }
    }

    private static PluginDifferenceKind? FindDifference(string path, PluginPackageFile file)
    {
        FileError error = FileSystem.Current.GetStatus(path, followLinks: false, out FileStatus status);
        if (!error.IsNone || !status.IsRegular)
        {
            return error.Kind == FileErrorKind.NotFound ? PluginDifferenceKind.Missing : PluginDifferenceKind.Changed;
        }

        error = FileSystem.Current.OpenToRead(path, out SafeFileHandle? handle, out status);
        using (handle)
        {
            return error.Kind == FileErrorKind.NotFound ? PluginDifferenceKind.Missing
                : !error.IsNone || handle is null || status.Size != (ulong)file.Size || Digest(handle) != file.Sha256 ? PluginDifferenceKind.Changed
                : null;
        }
    }

    private static string Digest(SafeFileHandle handle)
    {
        var hash = new Sha256();
        byte[] buffer = new byte[1 << 17];
        long offset = 0;
        int read;
        while ((read = RandomAccess.Read(handle, buffer, offset)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
            offset += read;
        }

        return Convert.ToHexStringLower(hash.Finish());
    }
}
