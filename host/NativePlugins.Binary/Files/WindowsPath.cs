namespace NativePlugins.Binary.Files;

/// <summary>The spellings of an absolute path that the calls of Windows take and give.</summary>
internal static class WindowsPath
{
    private const string Extended = @"\\?\";
    private const string ExtendedShare = @"\\?\UNC\";
    private const string Device = @"\\.\";
    private const string Share = @"\\";

    // CreateDirectory's limit, MAX_PATH less a short file name; files have 260.
    private const int LongestPlain = 247;

    /// <summary>A path that is longer than the calls take gets the prefix with which they take it.</summary>
    public static string ToCall(string path) =>
        path.Length <= LongestPlain || HasPrefix(path) ? path
        : path.StartsWith(Share, StringComparison.Ordinal) ? string.Concat(ExtendedShare, path.AsSpan(Share.Length))
        : path.Length > 2 && path[1] == ':' ? Extended + path
        : path;

    /// <summary>Without the prefix, as people write it.</summary>
    public static string FromCall(string path) =>
        path.StartsWith(ExtendedShare, StringComparison.OrdinalIgnoreCase) ? string.Concat(Share, path.AsSpan(ExtendedShare.Length))
        : path.StartsWith(Extended, StringComparison.Ordinal) && path.Length > 5 && path[5] == ':' ? path[Extended.Length..]
        : path;

    /// <summary>
    /// A library to load, so that it and no other is meant: to a name without an extension the loader would add
    /// <c>.dll</c>, and load a file that nobody has checked.
    /// </summary>
    public static string ToLoad(string path)
    {
        int nameStart = path.LastIndexOf('\\') + 1;
        return ToCall(path.AsSpan(nameStart).Contains('.') ? path : path + ".");
    }

    private static bool HasPrefix(string path) =>
        path.StartsWith(Extended, StringComparison.Ordinal) || path.StartsWith(Device, StringComparison.Ordinal);
}
