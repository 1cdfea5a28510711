namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// A directory that stands for the root of another system's files: <c>/</c> of Linux and macOS, <c>C:\</c> of Windows. Not thread-safe.
/// </summary>
internal sealed class LibraryRoot(string directory, BinaryFormat format)
{
    private const string Drive = @"C:\";

    // The number that Linux follows: path_resolution(7).
    private const int MaxLinks = 40;
    private const int MaxRemembered = 1 << 16;

    private readonly Dictionary<string, string?> _links = [];
    private readonly string _directory = Path.TrimEndingDirectorySeparator(directory);

    /// <summary>The other system's path of a file below the directory; null if the file does not lie there.</summary>
    public string? ToOther(string path)
    {
        string relative = Path.GetRelativePath(_directory, path);
        bool isOutside = Path.IsPathRooted(relative) || relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[0] is "..";
        return isOutside ? null
            : format == BinaryFormat.Pe ? Drive + relative.Replace('/', '\\')
            : "/" + relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>
    /// Where a file of the other system lies here; null if it lies outside the directory. Symbolic links lead where they would lead on that
    /// system, except those of Windows.
    /// </summary>
    public string? ToReal(string path) => format == BinaryFormat.Pe ? ToRealOfWindows(path) : FollowLinks(path);

    private string? ToRealOfWindows(string path)
    {
        if (!path.StartsWith(Drive, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = new Stack<string>();
        foreach (string part in path[Drive.Length..].Replace('\\', '/').Split('/'))
        {
            if (part == "..")
            {
                parts.TryPop(out _);
            }
            else if (part is not ("" or "."))
            {
                parts.Push(part);
            }
        }

        return parts.Reverse().Aggregate((string?)_directory, (found, part) => found is null ? null : Enter(found, part));
    }

    /// <summary>The entry with that very name if there is one, else one that differs only in letter case.</summary>
    private static string? Enter(string directory, string name)
    {
        string path = Path.Join(directory, name);
        if (Path.Exists(path))
        {
            return path;
        }

        try
        {
            return Directory.EnumerateFileSystemEntries(directory)
                .FirstOrDefault(entry => string.Equals(Path.GetFileName(entry), name, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? FollowLinks(string path)
    {
        var real = new List<string>();
        var pending = new Stack<string>(Enumerable.Reverse(path.Split('/')));
        int links = 0;
        while (pending.TryPop(out string? part))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part == "..")
            {
                // The parent of the root is the root.
                real.RemoveRange(Math.Max(0, real.Count - 1), Math.Min(1, real.Count));
                continue;
            }

            real.Add(part);
            if (LinkTarget(Path.Join(_directory, string.Join('/', real))) is not { } target)
            {
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            real.RemoveRange(target.StartsWith('/') ? 0 : real.Count - 1, target.StartsWith('/') ? real.Count : 1);
            foreach (string next in Enumerable.Reverse(target.Split('/')))
            {
                pending.Push(next);
            }
        }

        return Path.Join(_directory, string.Join('/', real));
    }

    /// <summary>Null if the path is no link, or nothing. Remembered, as every file asks for each directory on its way.</summary>
    private string? LinkTarget(string path)
    {
        if (_links.TryGetValue(path, out string? target))
        {
            return target;
        }

        if (_links.Count == MaxRemembered)
        {
            _links.Clear();
        }

        try
        {
            target = new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            target = null;
        }

        return _links[path] = target;
    }
}
