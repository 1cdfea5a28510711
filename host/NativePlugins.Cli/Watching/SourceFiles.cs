namespace NativePlugins.Cli;

/// <summary>The files directly in some directories, with size and time, at one moment.</summary>
internal sealed class SourceFiles
{
    private readonly Dictionary<string, (long Size, DateTime Time)> _files = new(StringComparer.Ordinal);

    private SourceFiles()
    {
    }

    /// <summary>Looks at them; what cannot be read is left out.</summary>
    public static SourceFiles Find(IEnumerable<string> directories)
    {
        var found = new SourceFiles();
        foreach (string directory in directories)
        {
            found.Add(directory);
        }

        return found;
    }

    /// <summary>A directory and those below it in which sources may lie, the nearest first.</summary>
    public static IReadOnlyList<string> Tree(string directory)
    {
        var found = new List<string> { directory };
        for (int i = 0; i < found.Count; i++)
        {
            try
            {
                // Links to directories are not followed: one could lead back to a directory above it.
                found.AddRange(new DirectoryInfo(found[i]).EnumerateDirectories()
                    .Where(entry => entry.LinkTarget is null && !SourceNames.IsHidden(entry.Name) && !SourceNames.IsLeftOut(entry.Name))
                    .Select(entry => entry.FullName));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has gone meanwhile, or this user may not read it.
            }
        }

        return found;
    }

    /// <summary>The files that are new, changed or gone.</summary>
    public IEnumerable<string> ChangesSince(SourceFiles earlier) =>
    [
        .. _files.Where(file => !earlier._files.TryGetValue(file.Key, out (long, DateTime) before) || before != file.Value).Select(file => file.Key),
        .. earlier._files.Keys.Where(path => !_files.ContainsKey(path)),
    ];

    private void Add(string directory)
    {
        try
        {
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles())
            {
                _files[file.FullName] = (file.Length, file.LastWriteTimeUtc);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone meanwhile, or this user may not read it.
        }
    }
}
