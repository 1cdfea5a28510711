namespace NativePlugins.Binary.Files;

/// <summary>The spellings of an absolute path in the functions of Windows.</summary>
internal static class WindowsPath
{
    private const string Extended = @"\\?\";
    private const string ExtendedShare = @"\\?\UNC\";
    private const string Device = @"\\.\";
    private const string Share = @"\\";

    // CreateDirectory's limit, MAX_PATH less a short file name; files have 260.
    private const int LongestPlain = 247;

    /// <summary>Adds the prefix that the functions need to a path that is longer than they take without it.</summary>
    public static string ToCall(string path) =>
        path.Length <= LongestPlain || HasPrefix(path) ? path
        : path.StartsWith(Share, StringComparison.Ordinal) ? string.Concat(ExtendedShare, path.AsSpan(Share.Length))
        : path.Length > 2 && path[1] == ':' ? Extended + path
        : path;

    /// <summary>Removes the prefix, which people do not write.</summary>
    public static string FromCall(string path) =>
        path.StartsWith(ExtendedShare, StringComparison.OrdinalIgnoreCase) ? string.Concat(Share, path.AsSpan(ExtendedShare.Length))
        : path.StartsWith(Extended, StringComparison.Ordinal) && path.Length > 5 && path[5] == ':' ? path[Extended.Length..]
        : path;

    /// <summary>
    /// The spelling that loads exactly this file. To a name without an extension the loader would add <c>.dll</c>, and load a file that
    /// nobody has checked.
    /// </summary>
    public static string ToLoad(string path)
    {
        int nameStart = path.LastIndexOf('\\') + 1;
        return ToCall(path.AsSpan(nameStart).Contains('.') ? path : path + ".");
    }

    private static bool HasPrefix(string path) =>
        path.StartsWith(Extended, StringComparison.Ordinal) || path.StartsWith(Device, StringComparison.Ordinal);
}
