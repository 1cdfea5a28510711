using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Resolution;

/// <summary>The libraries in a plugin directory, and in the folders of single plugins there, judged by their names.</summary>
internal static class PluginDirectoryListing
{
    // A directory with more entries is not a plugin directory, and listing must end.
    private const int MaxEntries = 100_000;

    /// <summary>The absolute path of each library. Those in the directory itself come first; both groups are in ordinal order.</summary>
    public static IEnumerable<string> Libraries(string directory, FileSystem system)
    {
        var folders = new List<string>();
        foreach (string path in Entries(directory))
        {
            FileError error = system.GetStatus(path, followLinks: true, out FileStatus status);
            if (!error.IsNone)
            {
                // It is shown all the same, with the reason why it can never be loaded.
                if (FileFailures.IsUndecodable(path, error) && PluginFileName.IsLibrary(Path.GetFileName(path), system))
                {
                    yield return path;
                }

                continue;
            }

            if (status.Kind == FileKind.Directory)
            {
                folders.Add(path);
            }
            else if (status.IsRegular && PluginFileName.IsLibrary(Path.GetFileName(path), system))
            {
                yield return path;
            }
        }

        foreach (string folder in folders)
        {
            foreach (string path in LibrariesOfFolder(folder, system))
            {
                yield return path;
            }
        }
    }

    /// <summary>
    /// The plugin of a folder is the library that has the folder's name; the other libraries are private to it. If no library has that
    /// name, all are shown, so that a wrong name can be seen.
    /// </summary>
    private static List<string> LibrariesOfFolder(string folder, FileSystem system)
    {
        string id = Path.GetFileName(folder);
        var libraries = new List<string>();
        foreach (string path in Entries(folder))
        {
            if (PluginFileName.IsLibrary(Path.GetFileName(path), system)
                && system.GetStatus(path, followLinks: true, out FileStatus status).IsNone && status.IsRegular)
            {
                libraries.Add(path);
            }
        }

        List<string> named = libraries.FindAll(path =>
        {
            string name = Path.GetFileName(path);
            return name == system.LibraryPrefix + id + system.LibraryExtension || name == id + system.LibraryExtension;
        });
        return named.Count > 0 ? named : libraries;
    }

    private static List<string> Entries(string directory)
    {
        var entries = new List<string>();
        try
        {
            var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true };
            foreach (string path in Directory.EnumerateFileSystemEntries(directory, "*", options))
            {
                entries.Add(path);
                if (entries.Count == MaxEntries)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A search directory need not exist. One that cannot be read shows nothing.
        }

        entries.Sort(StringComparer.Ordinal);
        return entries;
    }
}
