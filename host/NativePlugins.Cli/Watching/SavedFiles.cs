namespace NativePlugins.Cli;

/// <summary>Files that were saved at once, as it seems.</summary>
internal sealed class SavedFiles
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _seen = new(StringComparer.Ordinal);

    public SavedFiles(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            Add(path);
        }
    }

    /// <summary>The files. The project's directory is among them if some changes were not told.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>The newest time that one of the files bears, in UTC; the present for one that is gone.</summary>
    public DateTime Newest { get; private set; } = DateTime.MinValue;

    public void Add(string path)
    {
        _paths.Add(path);
        DateTime time = TimeOf(path);
        Newest = time > Newest ? time : Newest;
    }

    /// <summary>Somebody is about to read the files: what they hold now is known.</summary>
    public void See()
    {
        foreach (string path in _paths)
        {
            _seen[path] = BuildInputs.HashOf(path);
        }
    }

    /// <summary>Whether a file is one of these, and holds what it held when it was seen.</summary>
    public bool HasSeen(string path) => _seen.TryGetValue(path, out string? hash) && hash is not null && hash == BuildInputs.HashOf(path);

    // A file that was moved here bears the time at which it was written elsewhere.
    private static DateTime TimeOf(string path)
    {
        DateTime now = DateTime.UtcNow;
        DateTime written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : now;
        return now - written < TimeSpan.FromMinutes(1) ? written : now;
    }
}
