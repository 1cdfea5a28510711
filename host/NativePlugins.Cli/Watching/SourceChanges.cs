using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>Waits for changes after which a build may come out otherwise, and tells them from what the build itself writes.</summary>
internal sealed partial class SourceChanges : IDisposable
{
    // An editor writes a file in several steps,
    private const int FileMilliseconds = 10;

    // and a person saves several files at once.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    private readonly string _directory;
    private readonly ILogger _logger;
    private readonly int _quietMilliseconds;
    private readonly ChangedPaths _changed;
    private readonly BuildWrites _writes = new();

    // What has changed during the last build and shall be built again at once.
    private IReadOnlyList<string> _again = [];

    /// <param name="directory">The project's.</param>
    /// <param name="logger">Told when there are no notifications, and which files the build itself writes.</param>
    /// <param name="subscribe">Asks the system for notifications; for tests.</param>
    /// <param name="pollInterval">For tests.</param>
    /// <param name="quiet">For tests: after how long without a change all has been saved.</param>
    public SourceChanges(
        string directory, ILogger logger, Action<FileSystemWatcher>? subscribe = null, TimeSpan? pollInterval = null, TimeSpan? quiet = null)
    {
        _quietMilliseconds = (int)(quiet ?? s_quiet).TotalMilliseconds;
        _directory = directory;
        _logger = logger;
        _changed = new ChangedPaths(directory, logger, subscribe, pollInterval);
    }

    /// <summary>Waits for a change, and then until there has been none for a while.</summary>
    public SavedFiles Wait(CancellationToken cancellationToken)
    {
        SavedFiles saved = Take(cancellationToken);
        Settle(saved, () => { }, cancellationToken);
        return saved;
    }

    /// <summary>Waits for a change. Others may belong to the same save: <see cref="Settle"/> waits for those.</summary>
    public SavedFiles Take(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var saved = new SavedFiles(_again.Count > 0 ? _again : [TakeFirst(cancellationToken)]);
        _again = [];
        TakeUntilQuiet(FileMilliseconds, path => Add(saved, path), cancellationToken);
        saved.See();
        return saved;
    }

    /// <summary>Waits until nothing has been saved for a while.</summary>
    /// <param name="saved">What <see cref="Take"/> has told. What else was saved with it is added.</param>
    /// <param name="more">Called when the files have changed since then.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the files are those that <see cref="Take"/> has told, with the contents that they had then.</returns>
    public bool Settle(SavedFiles saved, Action more, CancellationToken cancellationToken)
    {
        bool isAll = true;
        TakeUntilQuiet(
            _quietMilliseconds,
            path =>
            {
                // A system tells the steps of one write one by one, and some of them late; and what a build writes may come during its beginning.
                if (!saved.HasSeen(path) && !_writes.IsOwn(path))
                {
                    Add(saved, path);
                    isAll = false;
                    more();
                }
            },
            cancellationToken);
        return isAll;
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
        long quietAt = Environment.TickCount64 + _quietMilliseconds;
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

    private void Add(SavedFiles saved, string path)
    {
        _writes.Saved(path);
        saved.Add(path);
    }

    private void TakeUntilQuiet(int milliseconds, Action<string> take, CancellationToken cancellationToken)
    {
        long quietAt = Environment.TickCount64 + milliseconds;
        while (_changed.TryTakeUntil(quietAt, cancellationToken) is string path)
        {
            if (Counts(path))
            {
                take(path);
                quietAt = Environment.TickCount64 + milliseconds;
            }
        }
    }

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

    [LoggerMessage(LogLevel.Warning, "{Path} has changed during two builds, as what a build itself writes does, and is not built again for that. Saved while no build runs, it is")]
    private static partial void WrittenByBuild(ILogger logger, string path);
}
