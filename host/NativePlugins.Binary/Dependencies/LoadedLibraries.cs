using System.Collections.Concurrent;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Dependencies;

/// <summary>The libraries that this process has mapped: proc_pid_maps(5).</summary>
internal static class LoadedLibraries
{
    private const string Maps = "/proc/self/maps";
    private const int DeviceField = 3;

    // Keyed by device, inode and path: the SONAME of a mapped file does not change.
    private static readonly ConcurrentDictionary<string, string?> s_sonames = [];

    /// <summary>By SONAME and by file name. A library that asks for one of these names gets the loaded library, wherever it lies.</summary>
    public static Dictionary<string, BinaryImage> Read(Func<string, BinaryImage?> tryRead)
    {
        var loaded = new Dictionary<string, BinaryImage>();
        foreach (string file in MappedFiles())
        {
            string path = PathOf(file);
            if (path.Contains(".so", StringComparison.Ordinal) && tryRead(path) is { } image)
            {
                loaded.TryAdd(image.Soname ?? Path.GetFileName(path), image);
            }
        }

        return loaded;
    }

    /// <summary>
    /// Whether each name is the SONAME of a mapped library, so that the loader looks for no file. Only a mapped file whose file name is one
    /// of the names is read, and only once in the life of the process.
    /// </summary>
    public static bool HaveAll(IReadOnlyList<string> names)
    {
        HashSet<string> open = [.. names];
        foreach (string file in open.Count == 0 ? [] : MappedFiles())
        {
            if (open.Contains(Path.GetFileName(PathOf(file))) && s_sonames.GetOrAdd(file, ReadSoname) is { } soname)
            {
                open.Remove(soname);
            }
        }

        return open.Count == 0;
    }

    /// <summary>The paths of all mapped libraries.</summary>
    public static IEnumerable<string> Paths() => MappedFiles().Select(PathOf).Where(path => path.Contains(".so", StringComparison.Ordinal));

    private static string? ReadSoname(string file)
    {
        try
        {
            using BinaryFile opened = BinaryFile.Open(PathOf(file), FileSystem.Current);
            return Preflight.Read(opened, requireTarget: null, isDependency: true).Soname;
        }
        catch (BinaryException)
        {
            return null;
        }
    }

    private static string PathOf(string file) => file[file.IndexOf('/', StringComparison.Ordinal)..];

    /// <summary>Device, inode and path of each mapped file, as the system writes them.</summary>
    private static HashSet<string> MappedFiles()
    {
        var files = new HashSet<string>();
        try
        {
            // "7f0000000000-7f0000001000 r-xp 00000000 08:02 173521  /usr/lib/libm.so.6"
            foreach (string line in File.ReadLines(Maps))
            {
                int start = line.Contains('/', StringComparison.Ordinal) ? StartOf(line, DeviceField) : -1;
                if (start >= 0)
                {
                    files.Add(line[start..]);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc only the libraries on the search path are known.
        }

        return files;
    }

    private static int StartOf(string line, int field)
    {
        int at = 0;
        for (int i = 0; i < field && at >= 0; i++)
        {
            at = line.IndexOf(' ', at) is >= 0 and int space ? space + 1 : -1;
        }

        return at;
    }
}
