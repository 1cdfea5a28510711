namespace NativePlugins.Distribution.Archives;

/// <summary>The rule for names in a package: what is a valid and different name on every system, and stays below the folder of the package.</summary>
internal static class EntryName
{
    public const string Form =
        "relative names of at most 200 ASCII characters, letters, digits and ._-+@=,()[]{}!#& with single / between parts, none of which ends with a dot or has a name that Windows reserves";

    private const int MaxLength = 200;
    private const string Punctuation = "._-+@=,()[]{}!#&";

    private static readonly string[] s_reserved = ["con", "prn", "aux", "nul"];

    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (Range range in name.AsSpan().Split('/'))
        {
            if (!IsValidPart(name.AsSpan()[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first name that is another one, or a folder of another one, where letter case does not count; null if there is none.</summary>
    public static string? FindCollision(IEnumerable<string> names)
    {
        var files = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!files.Add(name) || folders.ContainsKey(name))
            {
                return name;
            }

            for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
            {
                // One folder, spelled in two ways, would be two folders on one system and one on another.
                string folder = name[..slash];
                if (files.Contains(folder) || (!folders.TryAdd(folder, folder) && folders[folder] != folder))
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static bool IsValidPart(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part[^1] == '.')
        {
            return false;
        }

        foreach (char c in part)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !Punctuation.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return !IsReserved(part);
    }

    /// <summary>On Windows these are devices, with any extension and in any folder.</summary>
    private static bool IsReserved(ReadOnlySpan<char> part)
    {
        int dot = part.IndexOf('.');
        ReadOnlySpan<char> stem = dot < 0 ? part : part[..dot];
        bool isPort = stem.Length == 4 && char.IsAsciiDigit(stem[3])
            && (stem.StartsWith("com", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("lpt", StringComparison.OrdinalIgnoreCase));
        foreach (string reserved in s_reserved)
        {
            isPort |= stem.Equals(reserved, StringComparison.OrdinalIgnoreCase);
        }

        return isPort;
    }
}
