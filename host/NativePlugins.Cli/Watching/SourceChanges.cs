using System.Collections.Concurrent;

namespace NativePlugins.Cli;

/// <summary>Waits for changes of the files below a project's directory, without what builds and tools leave there.</summary>
internal sealed class SourceChanges : IDisposable
{
    // An editor writes a file in several steps, and a person saves several files at once.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    private static readonly string[] s_leftOut = ["bin", "obj", "artifacts", "dist", "node_modules"];

    private readonly BlockingCollection<string> _changed = [];
    private readonly FileSystemWatcher _watcher;

    public SourceChanges(string directory)
    {
        _watcher = new FileSystemWatcher(directory)
        {
            IncludeSubdirectories = true,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        _watcher.Changed += (_, args) => Add(args.Name, args.FullPath);
        _watcher.Created += (_, args) => Add(args.Name, args.FullPath);
        _watcher.Deleted += (_, args) => Add(args.Name, args.FullPath);
        _watcher.Renamed += (_, args) => Add(args.Name, args.FullPath);

        // What it has missed may have been a change.
        _watcher.Error += (_, _) => _changed.Add(directory);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Waits for a change, and then until there has been none for a moment.</summary>
    /// <returns>The newest time that one of the changed files bears; the present for one that is gone. UTC.</returns>
    public DateTime Wait(CancellationToken cancellationToken)
    {
        DateTime newest = TimeOf(_changed.Take(cancellationToken));
        while (_changed.TryTake(out string? path, (int)s_quiet.TotalMilliseconds, cancellationToken))
        {
            DateTime time = TimeOf(path);
            newest = time > newest ? time : newest;
        }

        return newest;
    }

    public void Dispose()
    {
        _watcher.Dispose();
        _changed.Dispose();
    }

    internal static bool IsSource(string relativePath)
    {
        string[] parts = relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return !parts.Any(part => part.StartsWith('.') || part.EndsWith('~'))
            && !parts[..^1].Any(part => s_leftOut.Contains(part, StringComparer.OrdinalIgnoreCase));
    }

    private void Add(string? relativePath, string path)
    {
        if (relativePath is not null && IsSource(relativePath) && !Directory.Exists(path))
        {
            _changed.Add(path);
        }
    }

    // A file that was moved here bears the time at which it was written elsewhere.
    private static DateTime TimeOf(string path)
    {
        DateTime now = DateTime.UtcNow;
        DateTime written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : now;
        return now - written < TimeSpan.FromMinutes(1) ? written : now;
    }
}
