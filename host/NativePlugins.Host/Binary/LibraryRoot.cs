namespace NativePlugins.Host;

/// <summary>A directory that stands for the root of another system's files: <c>/</c> of macOS, <c>C:\</c> of Windows.</summary>
internal sealed class LibraryRoot(string directory, BinaryFormat format)
{
    private const string Drive = @"C:\";

    private readonly string _directory = Path.TrimEndingDirectorySeparator(directory);

    /// <summary>How the other system calls a file below the directory; null if it does not lie there.</summary>
    public string? ToOther(string path)
    {
        string relative = Path.GetRelativePath(_directory, path);
        bool isOutside = Path.IsPathRooted(relative) || relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)[0] is "..";
        return isOutside ? null
            : format == BinaryFormat.Pe ? Drive + relative.Replace('/', '\\')
            : "/" + relative.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>Where a file of the other system lies here; null where it lies outside.</summary>
    public string? ToReal(string path)
    {
        bool ignoreCase = format == BinaryFormat.Pe;
        if (ignoreCase && !path.StartsWith(Drive, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var parts = new Stack<string>();
        foreach (string part in (ignoreCase ? path[Drive.Length..].Replace('\\', '/') : path).Split('/'))
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

        return parts.Reverse().Aggregate((string?)_directory, (found, part) => found is null ? null : Enter(found, part, ignoreCase));
    }

    /// <summary>As it stands where that exists, else, on Windows, as it is spelled in the directory.</summary>
    private static string? Enter(string directory, string name, bool ignoreCase)
    {
        string path = Path.Join(directory, name);
        if (!ignoreCase || Path.Exists(path))
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
}
