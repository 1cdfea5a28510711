namespace NativePlugins.Host;

/// <summary>The libraries that this process has mapped: proc_pid_maps(5).</summary>
internal static class LoadedLibraries
{
    /// <summary>By SONAME and by file name: a library that asks for one of these gets it, wherever it lies.</summary>
    public static Dictionary<string, BinaryImage> Read(Func<string, BinaryImage?> tryRead)
    {
        var loaded = new Dictionary<string, BinaryImage>();
        foreach (string path in MappedFiles())
        {
            if (path.Contains(".so", StringComparison.Ordinal) && tryRead(path) is { } image)
            {
                loaded.TryAdd(image.Soname ?? Path.GetFileName(path), image);
            }
        }

        return loaded;
    }

    private static HashSet<string> MappedFiles()
    {
        var paths = new HashSet<string>();
        try
        {
            foreach (string line in File.ReadLines("/proc/self/maps"))
            {
                int start = line.IndexOf('/', StringComparison.Ordinal);
                if (start >= 0)
                {
                    paths.Add(line[start..]);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without /proc only what lies on the search path is known.
        }

        return paths;
    }
}
