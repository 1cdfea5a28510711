using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>Waits for changes after which a build may come out otherwise, and tells them from what the build itself writes.</summary>
internal sealed partial class SourceChanges : IDisposable
{
    // An editor writes a file in several steps, and a person saves several files at once.
    private const int QuietMilliseconds = 100;

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly ChangedPaths _changed;
    private readonly BuildWrites _writes = new();

    // What has changed during the last build and shall be built again at once.
    private IReadOnlyList<string> _again = [];

    /// <param name="directory">The project's.</param>
    /// <param name="logger">Told when there are no notifications, and which files the build itself writes.</param>
    /// <param name="subscribe">Asks the system for notifications; for tests.</param>
    /// <param name="pollInterval">For tests.</param>
    public SourceChanges(string directory, ILogger logger, Action<FileSystemWatcher>? subscribe = null, TimeSpan? pollInterval = null)
    {
        _directory = directory;
        _logger = logger;
        _changed = new ChangedPaths(directory, logger, subscribe, pollInterval);
    }

    /// <summary>Waits for a change, and then until there has been none for a moment.</summary>
    /// <returns>
    /// The newest time that one of the changed files bears, in UTC, the present for one that is gone; and the files. The project's directory
    /// is among them if some changes were not told.
    /// </returns>
    public (DateTime Newest, IReadOnlyCollection<string> Paths) Wait(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HashSet<string> paths = _again.Count > 0 ? [.. _again] : [TakeFirst(cancellationToken)];
        DateTime newest = paths.Max(TimeOf);
        _again = [];
        long quietAt = Environment.TickCount64 + QuietMilliseconds;
        while (_changed.TryTakeUntil(quietAt, cancellationToken) is string path)
        {
            if (Counts(path))
            {
                _writes.Saved(path);
                paths.Add(path);
                DateTime time = TimeOf(path);
                newest = time > newest ? time : newest;
                quietAt = Environment.TickCount64 + QuietMilliseconds;
            }
        }

        return (newest, paths);
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
        // Changes in directories that only this build's list has named were not told: the compiler's hashes show them.
        IReadOnlySet<string> watched = _changed.Follow(inputs);
        var changed = new HashSet<string>(
            inputs?.Compiled.Where(path => !watched.Contains(Path.GetDirectoryName(path)!) && !inputs.HasSeen(path)) ?? [], StringComparer.OrdinalIgnoreCase);
        long quietAt = Environment.TickCount64 + QuietMilliseconds;
        while (_changed.TryTakeUntil(quietAt, cancellationToken) is string path)
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

        _changed.ForgetFound();
    }

    public void Dispose() => _changed.Dispose();

    private string TakeFirst(CancellationToken cancellationToken)
    {
        string path;
        do
        {
            path = _changed.Take(cancellationToken);
        }
        while (!Counts(path));

        _writes.Saved(path);
        return path;
    }

    /// <summary>Whether a build may come out otherwise because of this.</summary>
    private bool Counts(string path) => path == _directory
        || (_changed.Inputs is BuildInputs inputs ? inputs.IsInput(path) || inputs.MayBeNew(path) : SourceNames.IsSource(Path.GetRelativePath(_directory, path)));

    // A file that was moved here bears the time at which it was written elsewhere.
    private static DateTime TimeOf(string path)
    {
        DateTime now = DateTime.UtcNow;
        DateTime written = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : now;
        return now - written < TimeSpan.FromMinutes(1) ? written : now;
    }

    [LoggerMessage(LogLevel.Warning, "{Path} has changed during two builds, as what a build itself writes does, and is not built again for that. Saved while no build runs, it is")]
    private static partial void WrittenByBuild(ILogger logger, string path);
}
