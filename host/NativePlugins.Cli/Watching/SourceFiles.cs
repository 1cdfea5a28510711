namespace NativePlugins.Cli;

/// <summary>The source files below a directory, with size and time, at one moment.</summary>
internal sealed class SourceFiles
{
    private readonly Dictionary<string, (long Size, DateTime Time)> _files = new(StringComparer.Ordinal);

    private SourceFiles()
    {
    }

    /// <summary>Looks at them; what cannot be read is left out.</summary>
    public static SourceFiles Find(string directory)
    {
        var found = new SourceFiles();
        found.Add(new DirectoryInfo(directory));
        return found;
    }

    /// <summary>The files that are new, changed or gone.</summary>
    public IEnumerable<string> ChangesSince(SourceFiles earlier) =>
    [
        .. _files.Where(file => !earlier._files.TryGetValue(file.Key, out (long, DateTime) before) || before != file.Value).Select(file => file.Key),
        .. earlier._files.Keys.Where(path => !_files.ContainsKey(path)),
    ];

    private void Add(DirectoryInfo directory)
    {
        try
        {
            foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos().Where(entry => !SourceChanges.IsHidden(entry.Name)))
            {
                if (entry is FileInfo file)
                {
                    _files[file.FullName] = (file.Length, file.LastWriteTimeUtc);
                }
                else if (entry.LinkTarget is null && !SourceChanges.IsLeftOut(entry.Name))
                {
                    // A link could lead back.
                    Add((DirectoryInfo)entry);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or not for this user.
        }
    }
}
