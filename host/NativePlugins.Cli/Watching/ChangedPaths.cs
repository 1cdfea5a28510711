using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>
/// The paths that change where sources lie, one after the other, whether or not they count. The system is asked for notifications
/// about the directories of what the last build has read; before the first build, about all below the project's directory but what
/// builds and tools leave there. Where the system has no more notifications to give, the files are looked at now and then.
/// </summary>
internal sealed partial class ChangedPaths : IDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly TimeSpan _pollInterval;
    private readonly DirectoryNotifications _notifications;

    // Never disposed of: a notification that is under way may come later than this object's end.
    private readonly BlockingCollection<string> _changed = [];
    private readonly Lock _lock = new();

    // How often each directory has come: one that was deleted and made again has the old one's path, and no notifications.
    private readonly Dictionary<string, int> _arrivals = new(StringComparer.Ordinal);
    private HashSet<string> _found = new(StringComparer.Ordinal);
    private HashSet<string> _lookedAt = [];
    private volatile BuildInputs? _inputs;
    private SourceFiles? _seen;
    private Timer? _poll;
    private bool _isDisposed;

    /// <param name="directory">The project's. It is told as changed itself when notifications were lost.</param>
    /// <param name="logger">Told when there are no notifications.</param>
    /// <param name="subscribe">Asks the system for notifications; for tests.</param>
    /// <param name="pollInterval">For tests.</param>
    public ChangedPaths(string directory, ILogger logger, Action<FileSystemWatcher>? subscribe, TimeSpan? pollInterval)
    {
        _directory = directory;
        _logger = logger;
        _pollInterval = pollInterval ?? s_poll;
        _notifications = new DirectoryNotifications(OnNoticed, OnError, subscribe);
        Subscribe();
    }

    /// <summary>What the last build that listed it has read; null before there is one.</summary>
    public BuildInputs? Inputs => _inputs;

    public string Take(CancellationToken cancellationToken) => _changed.Take(cancellationToken);

    /// <summary>Null when there is none until then.</summary>
    /// <param name="time">Of <see cref="Environment.TickCount64"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public string? TryTakeUntil(long time, CancellationToken cancellationToken)
    {
        long left = time - Environment.TickCount64;
        return left > 0 && _changed.TryTake(out string? path, (int)left, cancellationToken) ? path : null;
    }

    /// <summary>From here on the directories count in which lies what a build has read.</summary>
    /// <param name="inputs">Null if it did not come to list it: then the directories stay those that they were.</param>
    /// <returns>The directories that counted before. What changed in any other one nobody has told.</returns>
    public IReadOnlySet<string> Follow(BuildInputs? inputs)
    {
        // The first look tells what has changed until now. What only the second one sees, the list has brought into view: it has not.
        Look(isNewCounted: true);
        var before = new HashSet<string>(Directories(), StringComparer.Ordinal);
        _inputs = inputs ?? _inputs;
        Look(isNewCounted: false);
        Subscribe();
        return before;
    }

    /// <summary>Directories that have come since the last list count no longer, unless that has them.</summary>
    public void ForgetFound()
    {
        lock (_lock)
        {
            _found = new HashSet<string>(StringComparer.Ordinal);
        }

        Subscribe();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _poll?.Dispose();
        }

        _notifications.Dispose();
    }

    private void OnNoticed(string path, bool isContent)
    {
        if (!Directory.Exists(path))
        {
            _changed.Add(path);
        }
        else if (!isContent)
        {
            Enter(path);
        }
    }

    /// <summary>A directory has come: what is in it has too, and may have before anybody watched.</summary>
    private void Enter(string directory)
    {
        BuildInputs? inputs = _inputs;
        if (SourceNames.IsLeftOut(Path.GetFileName(directory)) || SourceNames.IsHidden(Path.GetFileName(directory))
            || (inputs is not null && inputs.Below(Path.GetDirectoryName(directory)!).All(below => below != directory)))
        {
            return;
        }

        // A directory that comes between the look and the notifications is told by neither. So there is a look after them.
        var known = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<string> tree = SourceFiles.Tree(directory);
        while (tree.Any(path => !known.Contains(path)))
        {
            lock (_lock)
            {
                foreach (string path in tree.Where(known.Add))
                {
                    _found.Add(path);
                    _arrivals[path] = _arrivals.GetValueOrDefault(path) + 1;
                }
            }

            Subscribe();
            tree = SourceFiles.Tree(directory);
        }

        foreach (string file in SourceFiles.Find(tree).ChangesSince(SourceFiles.Find([])))
        {
            _changed.Add(file);
        }
    }

    private IReadOnlyList<string> Directories()
    {
        lock (_lock)
        {
            return [.. (_inputs?.Directories ?? SourceFiles.Tree(_directory)).Concat(_found).Distinct(StringComparer.Ordinal).Where(Directory.Exists)];
        }
    }

    private void Subscribe()
    {
        IReadOnlyList<string> directories = Directories();
        (string, string)[] identities;
        lock (_lock)
        {
            identities = [.. directories.Select(path => (path, $"{_arrivals.GetValueOrDefault(path)}"))];
        }

        _notifications.Watch(identities);

        // Before the first list it is enough to watch the nearest directories: few of those that a tree has hold sources.
        if (_inputs is not null && directories.Count > DirectoryNotifications.Most)
        {
            Poll(new IOException($"{directories.Count} directories hold sources, and {DirectoryNotifications.Most} are watched."));
        }
    }

    private void OnError(Exception e)
    {
        // The system had more to tell than fits its buffer. What was lost may have been a change; later notifications come.
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

            LookAnew();
            _poll = new Timer(_ => Look(isNewCounted: true), null, _pollInterval, Timeout.InfiniteTimeSpan);
        }

        NoNotifications(_logger, _directory, _pollInterval.TotalSeconds, reason);
    }

    /// <param name="isNewCounted">Whether what lies in directories that were not looked at before has come since.</param>
    private void Look(bool isNewCounted)
    {
        lock (_lock)
        {
            if (_isDisposed || _poll is null)
            {
                return;
            }

            HashSet<string> before = _lookedAt;
            SourceFiles earlier = _seen!;
            LookAnew();
            foreach (string path in _seen!.ChangesSince(earlier))
            {
                string directory = Path.GetDirectoryName(path)!;
                if (before.Contains(directory) ? isNewCounted || _lookedAt.Contains(directory) : isNewCounted)
                {
                    _changed.Add(path);
                }
            }

            _poll.Change(_pollInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void LookAnew()
    {
        IReadOnlyList<string> directories = Directories();
        _lookedAt = new HashSet<string>(directories, StringComparer.Ordinal);
        _seen = SourceFiles.Find(directories);
    }

    [LoggerMessage(LogLevel.Warning, "The system notifies of no changes below {Directory}; its files are looked at every {Seconds} s. On Linux the limits are the settings fs.inotify.max_user_watches and fs.inotify.max_user_instances")]
    private static partial void NoNotifications(ILogger logger, string directory, double seconds, Exception reason);
}
