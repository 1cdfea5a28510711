using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>
/// Waits for changes of what a build has read. Notifications are asked for the directories in which that lies; before the first
/// build has listed them, for all below the project's directory without what builds and tools leave there. Where the system has no
/// more notifications to give, the files are looked at now and then.
/// </summary>
internal sealed partial class SourceChanges : IDisposable
{
    // An editor writes a file in several steps, and a person saves several files at once.
    private const int QuietMilliseconds = 100;

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private static readonly string[] s_leftOut = ["bin", "obj", "artifacts", "dist", "node_modules"];

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly TimeSpan _pollInterval;
    private readonly DirectoryNotifications _notifications;
    private readonly BuildWrites _writes = new();

    // Never disposed of: a notification may come later than the end.
    private readonly BlockingCollection<string> _changed = [];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _arrivals = new(StringComparer.Ordinal);
    private HashSet<string> _found = new(StringComparer.Ordinal);
    private HashSet<string> _lookedAt = [];
    private volatile BuildInputs? _inputs;
    private IReadOnlyList<string> _again = [];
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
        _notifications = new DirectoryNotifications(OnNoticed, OnError, subscribe);
        Subscribe();
    }

    /// <summary>Waits for a change, and then until there has been none for a moment.</summary>
    /// <returns>The newest time that one of the changed files bears; the present for one that is gone. UTC.</returns>
    public DateTime Wait(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DateTime newest = _again.Count > 0 ? _again.Max(TimeOf) : TakeFirst(cancellationToken);
        _again = [];
        long quietAt = Environment.TickCount64 + QuietMilliseconds;
        while (TryTakeUntil(quietAt, cancellationToken) is string path)
        {
            if (Counts(path))
            {
                _writes.Saved(path);
                DateTime time = TimeOf(path);
                newest = time > newest ? time : newest;
                quietAt = Environment.TickCount64 + QuietMilliseconds;
            }
        }

        return newest;
    }

    /// <summary>
    /// A build that began after <see cref="Wait"/> has ended. What has changed meanwhile counts if the build has not seen it, and is not
    /// what the build itself writes.
    /// </summary>
    /// <param name="inputs">What it has read; null if it did not come to list it.</param>
    /// <param name="ended">When it had ended, UTC.</param>
    /// <param name="cancellationToken">Ends the wait for the last notifications.</param>
    public void Built(BuildInputs? inputs, DateTime ended, CancellationToken cancellationToken)
    {
        // What the list brings anew is no change.
        Look(isNewCounted: true);
        var before = new HashSet<string>(Directories(), StringComparer.Ordinal);
        _inputs = inputs ?? _inputs;
        Look(isNewCounted: false);

        // But for what has changed before anybody watched it.
        Subscribe();
        var changed = new HashSet<string>(
            inputs?.Compiled.Where(path => !before.Contains(Path.GetDirectoryName(path)!) && !inputs.HasSeen(path)) ?? [], StringComparer.OrdinalIgnoreCase);
        long quietAt = Environment.TickCount64 + QuietMilliseconds;
        while (TryTakeUntil(quietAt, cancellationToken) is string path)
        {
            changed.Add(path);
        }

        // What is saved after the end counts in any case, as in Wait: somebody who saves the same again wants another try.
        ILookup<bool, string> counting = changed.Where(Counts).ToLookup(path => File.Exists(path) && File.GetLastWriteTimeUtc(path) > ended);
        foreach (string path in counting[true])
        {
            _writes.Saved(path);
        }

        IReadOnlyList<string> again = _writes.Judge(
            counting[false].Where(path => inputs?.HasSeen(path) != true), path => inputs?.IsInput(path) == false, out IReadOnlyList<string> own);
        _again = [.. counting[true], .. again];
        foreach (string path in own)
        {
            WrittenByBuild(_logger, UntrustedText.Escape(path));
        }

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

    internal static bool IsSource(string relativePath)
    {
        string[] parts = relativePath.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        return !parts.Any(IsHidden) && !parts[..^1].Any(IsLeftOut);
    }

    internal static bool IsLeftOut(string directory) => s_leftOut.Contains(directory, StringComparer.OrdinalIgnoreCase);

    internal static bool IsHidden(string name) => name.StartsWith('.') || name.EndsWith('~');

    private DateTime TakeFirst(CancellationToken cancellationToken)
    {
        string path;
        do
        {
            path = _changed.Take(cancellationToken);
        }
        while (!Counts(path));

        _writes.Saved(path);
        return TimeOf(path);
    }

    private string? TryTakeUntil(long time, CancellationToken cancellationToken)
    {
        long left = time - Environment.TickCount64;
        return left > 0 && _changed.TryTake(out string? path, (int)left, cancellationToken) ? path : null;
    }

    /// <summary>Whether a build may come out otherwise because of this.</summary>
    private bool Counts(string path) => path == _directory
        || (_inputs is BuildInputs inputs ? inputs.IsInput(path) || inputs.MayBeNew(path) : IsSource(Path.GetRelativePath(_directory, path)));

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
        if (IsLeftOut(Path.GetFileName(directory)) || IsHidden(Path.GetFileName(directory))
            || (inputs is not null && inputs.Below(Path.GetDirectoryName(directory)!).All(below => below != directory)))
        {
            return;
        }

        IReadOnlyList<string> tree = SourceFiles.Tree(directory);
        lock (_lock)
        {
            _found.UnionWith(tree);
            foreach (string path in tree)
            {
                _arrivals[path] = _arrivals.GetValueOrDefault(path) + 1;
            }
        }

        Subscribe();
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

        // Before the first list the nearest ones do: few of a tree's directories hold sources.
        if (_inputs is not null && directories.Count > DirectoryNotifications.Most)
        {
            Poll(new IOException($"{directories.Count} directories hold sources, and {DirectoryNotifications.Most} are watched."));
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

    [LoggerMessage(LogLevel.Warning, "{Path} has changed during two builds, as what a build itself writes does, and is not built again for that. Saved while no build runs, it is")]
    private static partial void WrittenByBuild(ILogger logger, string path);

    // A file that was moved here bears the time at which it was written elsewhere.
    private static DateTime TimeOf(string path)
    {
        DateTime now = DateTime.UtcNow;
        DateTime written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : now;
        return now - written < TimeSpan.FromMinutes(1) ? written : now;
    }
}
