using System.Globalization;

namespace NativePlugins.Host.Platform;

/// <summary>The mappings of some files, added up.</summary>
/// <param name="Mappings">The number of mappings.</param>
/// <param name="Bytes">Their address space, in bytes.</param>
/// <param name="Resident">Bytes in memory.</param>
/// <param name="Modified">Bytes in memory that were written to, and so differ from the file.</param>
internal readonly record struct MappedUsage(int Mappings, long Bytes, long Resident, long Modified)
{
    public static MappedUsage operator +(MappedUsage left, MappedUsage right) => new(
        left.Mappings + right.Mappings, left.Bytes + right.Bytes, left.Resident + right.Resident, left.Modified + right.Modified);
}

/// <summary>Reads what is mapped of each file: proc_pid_smaps(5).</summary>
internal static class MappedFiles
{
    private const string Deleted = " (deleted)";

    /// <summary>Adds up the mappings of each path. The path is that of the time of mapping, even if the file is deleted.</summary>
    public static Dictionary<string, MappedUsage> Read(IEnumerable<string> smaps)
    {
        var files = new Dictionary<string, MappedUsage>(StringComparer.Ordinal);
        string? path = null;
        foreach (string line in smaps)
        {
            // "00400000-00452000 r-xp 00000000 08:02 173521  /usr/bin/dbus-daemon", and below it "Rss:  68 kB".
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (colon < 0 || space < 0)
            {
                continue;
            }

            if (space < colon)
            {
                path = PathOf(line);
                Add(files, path, new MappedUsage(1, 0, 0, 0));
            }
            else if (Kibibytes(line, colon) is long kibibytes)
            {
                Add(files, path, line[..colon] switch
                {
                    "Size" => new MappedUsage(0, kibibytes * 1024, 0, 0),
                    "Rss" => new MappedUsage(0, 0, kibibytes * 1024, 0),
                    "Anonymous" => new MappedUsage(0, 0, 0, kibibytes * 1024),
                    _ => default,
                });
            }
        }

        return files;
    }

    private static void Add(Dictionary<string, MappedUsage> files, string? path, MappedUsage usage)
    {
        if (path is not null && usage != default)
        {
            files[path] = files.GetValueOrDefault(path) + usage;
        }
    }

    /// <summary>Null if the mapping is of no file.</summary>
    private static string? PathOf(string line)
    {
        int start = line.IndexOf('/', StringComparison.Ordinal);
        return start < 0 ? null : line.EndsWith(Deleted, StringComparison.Ordinal) ? line[start..^Deleted.Length] : line[start..];
    }

    private static long? Kibibytes(string line, int colon) =>
        line.EndsWith(" kB", StringComparison.Ordinal)
        && long.TryParse(line.AsSpan(colon + 1, line.Length - colon - 4), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out long found)
            ? found
            : null;
}
