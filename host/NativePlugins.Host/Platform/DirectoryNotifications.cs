namespace NativePlugins.Host.Platform;

/// <summary>
/// The system's notifications about the entries of some directories, without what is below these: on Linux each directory takes one of a
/// user's watches. Thread-safe. The program <c>host</c> is compiled with this file too.
/// </summary>
/// <param name="noticed">Receives the path, and whether its content changed; if not, it was created, deleted or renamed.</param>
/// <param name="failed">Called if a directory has no notifications, or if some were lost (<see cref="InternalBufferOverflowException"/>).</param>
/// <param name="subscribe">Subscribes to the system's notifications; for tests.</param>
internal sealed class DirectoryNotifications(
    Action<string, bool> noticed, Action<Exception> failed, Action<FileSystemWatcher>? subscribe = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Identity, FileSystemWatcher? Watcher)> _watched = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>
    /// The greatest number of directories to subscribe to. Before .NET 10 each takes an inotify instance, of which a user has 128 by
    /// default.
    /// </summary>
    public static int Most { get; } = Environment.Version.Major >= 10 ? 256 : 16;

    /// <summary>Watches these directories, and no others any longer. If there are more than <see cref="Most"/>, the last ones are left out.</summary>
    /// <param name="directories">Each with an identity that tells it from a later directory under the same path.</param>
    public void Watch(IEnumerable<(string Path, string Identity)> directories)
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, string identity) in directories.Take(Most))
        {
            wanted.TryAdd(path, identity);
        }

        var failures = new List<Exception>();
        var left = new List<FileSystemWatcher>();
        lock (_lock)
        {
            foreach ((string path, (string identity, FileSystemWatcher? watcher)) in _watched)
            {
                if (_isDisposed || !wanted.TryGetValue(path, out string? now) || now != identity)
                {
                    left.AddRange(watcher is null ? [] : [watcher]);
                    _watched.Remove(path);
                }
            }

            foreach ((string path, string identity) in wanted)
            {
                // A directory that failed is not tried again: it would fail every time.
                if (!_isDisposed && !_watched.ContainsKey(path))
                {
                    _watched[path] = (identity, Subscribe(path, failures));
                }
            }
        }

        // Without the lock: Dispose could wait for a notification that is being delivered, and that one for a lock of its receiver.
        left.ForEach(static watcher => watcher.Dispose());
        failures.ForEach(failed);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        Watch([]);
    }

    private FileSystemWatcher? Subscribe(string directory, List<Exception> failures)
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(directory)
            {
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, args) => noticed(args.FullPath, false);
            watcher.Deleted += (_, args) => noticed(args.FullPath, false);
            watcher.Renamed += (_, args) =>
            {
                noticed(args.OldFullPath, false);
                noticed(args.FullPath, false);
            };
            watcher.Changed += (_, args) => noticed(args.FullPath, true);
            watcher.Error += (_, args) => failed(args.GetException());
            subscribe ??= static asked => asked.EnableRaisingEvents = true;
            subscribe(watcher);
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            failures.Add(e);
            return null;
        }
    }
}
