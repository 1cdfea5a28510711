using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Cli;

/// <summary>
/// Waits for changes of the files below a project's directory, without what builds and tools leave there. Where the system has no
/// more notifications to give, the files are looked at now and then.
/// </summary>
internal sealed partial class SourceChanges : IDisposable
{
    // An editor writes a file in several steps, and a person saves several files at once.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private static readonly string[] s_leftOut = ["bin", "obj", "artifacts", "dist", "node_modules"];

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly TimeSpan _pollInterval;

    // Never disposed of: a notification may come later than the end.
    private readonly BlockingCollection<string> _changed = [];
    private readonly Lock _lock = new();
    private readonly FileSystemWatcher? _watcher;
    private SourceFiles? _seen;
    private Timer? _poll;
    private bool _isDisposed;

    /// <param name="directory">The project's.</param>
    /// <param name="logger">Told when there are no notifications.</param>
    /// <param name="subscribe">Asks the system for notifications; for tests.</param>
    /// <param name="pollInterval">For tests.</param>
    public SourceChanges(string directory, ILogger logger, Action<FileSystemWatcher>? subscribe = null, TimeSpan? pollInterval = null)
    {
        _directory = directory;
        _logger = logger;
        _pollInterval = pollInterval ?? s_poll;
        try
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
            _watcher.Error += (_, args) => OnError(args.GetException());
            subscribe ??= watcher => watcher.EnableRaisingEvents = true;
            subscribe(_watcher);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            Poll(e);
        }
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
        lock (_lock)
        {
            _isDisposed = true;
            _poll?.Dispose();
        }

        _watcher?.Dispose();
    }

    internal static bool IsSource(string relativePath)
    {
        string[] parts = relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return !parts.Any(IsHidden) && !parts[..^1].Any(IsLeftOut);
    }

    internal static bool IsLeftOut(string directory) => s_leftOut.Contains(directory, StringComparer.OrdinalIgnoreCase);

    internal static bool IsHidden(string name) => name.StartsWith('.') || name.EndsWith('~');

    private void Add(string? relativePath, string path)
    {
        if (relativePath is not null && IsSource(relativePath) && !Directory.Exists(path))
        {
            _changed.Add(path);
        }
    }

    private void OnError(Exception e)
    {
        // Some were lost, which may have been a change; notifications go on.
        if (e is InternalBufferOverflowException)
        {
            _changed.Add(_directory);
            return;
        }

        Poll(e);
    }

    /// <summary>Looks at the files now and then from here on: there are no notifications, or none for some directories.</summary>
    private void Poll(Exception reason)
    {
        lock (_lock)
        {
            if (_isDisposed || _poll is not null)
            {
                return;
            }

            _seen = SourceFiles.Find(_directory);
            _poll = new Timer(_ => Look(), null, _pollInterval, Timeout.InfiniteTimeSpan);
        }

        NoNotifications(_logger, _directory, _pollInterval.TotalSeconds, reason);
    }

    private void Look()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            SourceFiles found = SourceFiles.Find(_directory);
            foreach (string path in found.ChangesSince(_seen!))
            {
                _changed.Add(path);
            }

            _seen = found;
            _poll!.Change(_pollInterval, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The system notifies of no changes below {Directory}; its files are looked at every {Seconds} s. On Linux the limits are the settings fs.inotify.max_user_watches and fs.inotify.max_user_instances")]
    private static partial void NoNotifications(ILogger logger, string directory, double seconds, Exception reason);

    // A file that was moved here bears the time at which it was written elsewhere.
    private static DateTime TimeOf(string path)
    {
        DateTime now = DateTime.UtcNow;
        DateTime written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : now;
        return now - written < TimeSpan.FromMinutes(1) ? written : now;
    }
}
