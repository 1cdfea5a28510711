using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Resolution;

/// <summary>The libraries in a plugin directory and in the folders of their own there, judged by their names.</summary>
internal static class PluginDirectoryListing
{
    // A directory that holds more is not one of plugins; listing must end.
    private const int MaxEntries = 100_000;

    /// <summary>Each library's absolute path, those in the directory first, both in ordinal order.</summary>
    public static IEnumerable<string> Libraries(string directory, FileSystem system)
    {
        var folders = new List<string>();
        foreach (string path in Entries(directory))
        {
            FileError error = system.GetStatus(path, followLinks: true, out FileStatus status);
            if (!error.IsNone)
            {
                // Shown all the same, with the reason for which it can never be loaded.
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
    /// A folder's plugin is the library that has the folder's name: the others are private to it. Where none has, all
    /// are shown, so that a misnamed one can be seen.
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
            // A search directory need not exist; what cannot be read shows nothing.
        }

        entries.Sort(StringComparer.Ordinal);
        return entries;
    }
}
