using System.Runtime.InteropServices;
using System.Text;

namespace NativePlugins.Binary.Files;

/// <summary>Whether a file's file system allows code to be mapped: statvfs(3), and proc_pid_mountinfo(5) for the mount point's name.</summary>
internal static partial class LinuxMounts
{
    private const ulong NoExec = 8; // ST_NOEXEC

    /// <summary>The mount point if it is mounted with <c>noexec</c>, else null.</summary>
    public static string? FindNoExec(string path)
    {
        // Where pointers have eight bytes, so have the fields before f_flag; 32-bit systems lay the struct out differently.
        if (nint.Size != 8 || statvfs(path, out StatVfs status) != 0 || (status.Flags & NoExec) == 0)
        {
            return null;
        }

        return FindMountPoint(path) ?? Path.GetDirectoryName(path) ?? "/";
    }

    /// <summary>The mount point of the path's file system; null if /proc is not mounted.</summary>
    public static string? FindMountPoint(string path)
    {
        try
        {
            return FindMountPoint(path, File.ReadLines("/proc/self/mountinfo")) ?? "/";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The longest mount point above the path. Of two equal ones the later, which covers the earlier.</summary>
    internal static string? FindMountPoint(string path, IEnumerable<string> mountInfo)
    {
        string? longest = null;
        foreach (string line in mountInfo)
        {
            string[] fields = line.Split(' ', 6);
            if (fields.Length < 6)
            {
                continue;
            }

            string point = Unescape(fields[4]);
            bool isUnder = point == "/" || (path.StartsWith(point, StringComparison.Ordinal)
                && (path.Length == point.Length || path[point.Length] == '/'));
            if (isUnder && (longest is null || point.Length >= longest.Length))
            {
                longest = point;
            }
        }

        return longest;
    }

    /// <summary>A space, tab, line feed or backslash is written as a backslash and three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length
                && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                int value = ((text[i + 1] - '0') * 64) + ((text[i + 2] - '0') * 8) + (text[i + 3] - '0');
                plain.Append((char)value);
                i += 3;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statvfs(string path, out StatVfs status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatVfs
    {
        [FieldOffset(72)]
        public ulong Flags;
    }
}
