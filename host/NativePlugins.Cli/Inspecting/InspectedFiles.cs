using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>The files that are meant by the arguments of <c>host inspect</c>.</summary>
internal static class InspectedFiles
{
    /// <summary>Files as they are; of a directory, and of those below it, everything with a library's name. Links to files are not followed.</summary>
    public static IReadOnlyList<string> Find(string[] paths, HostTerminal terminal)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            if (path.Length == 0 || path.Contains('\0'))
            {
                throw CliErrors.Usage($"{UntrustedText.Quote(path)} is no path", "a file or a directory", null, "See `host inspect --help`.");
            }

            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            int before = files.Count;
            files.AddRange(FindBelow(path));
            if (files.Count == before)
            {
                terminal.Note($"there are no libraries in {UntrustedText.Quote(path)}");
            }
        }

        return files;
    }

    /// <summary>What another system's root does not hold has no place in that system.</summary>
    public static void RequireBelow(string? root, IReadOnlyList<string> files)
    {
        if (root is null)
        {
            return;
        }

        if (root.Length == 0 || !Directory.Exists(root))
        {
            throw CliErrors.BadValue("--root", "a directory", root);
        }

        string full = Path.GetFullPath(root);
        string start = Path.EndsInDirectorySeparator(full) ? full : full + Path.DirectorySeparatorChar;
        foreach (string file in files)
        {
            if (!Path.GetFullPath(file).StartsWith(start, StringComparison.Ordinal))
            {
                throw CliErrors.BadValue("--root", $"a directory that holds {UntrustedText.Quote(file)}", root);
            }
        }
    }

    /// <summary>What cannot be read below the directory is passed over; the directory itself was asked for.</summary>
    private static List<string> FindBelow(string directory)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        try
        {
            using (IEnumerator<string> readable = Directory.EnumerateFileSystemEntries(directory).GetEnumerator())
            {
                readable.MoveNext();
            }

            return [.. Directory.EnumerateFiles(directory, "*", options).Where(LibraryFileName.IsAny).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.DirectoryAccess(directory, e);
        }
    }
}
