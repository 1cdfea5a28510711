namespace NativePlugins.Cli;

/// <summary>
/// Tells what a build writes into its own sources from what somebody saves while it runs: what has changed without having been seen by
/// the compiler is built again; what then changes again, during the build that nothing else has started, is the build's own.
/// </summary>
internal sealed class BuildWrites
{
    private readonly HashSet<string> _own = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string> _suspects = new(StringComparer.OrdinalIgnoreCase);
    private bool _hadNew;

    /// <summary>Whether the file is known to be written by each build.</summary>
    public bool IsOwn(string path) => _own.Contains(path);

    /// <summary>After a build: which of the files that it has not seen as they are now shall be built again.</summary>
    /// <param name="unseen">They have changed while it ran.</param>
    /// <param name="isNew">Whether a file is none that the build has read.</param>
    /// <param name="own">Those that turn out to be written by the build itself.</param>
    public IReadOnlyList<string> Judge(IEnumerable<string> unseen, Func<string, bool> isNew, out IReadOnlyList<string> own)
    {
        string[] open = [.. unseen.Where(path => !_own.Contains(path)).Distinct(StringComparer.OrdinalIgnoreCase)];

        // A new file right after another new one is the build's own: a build that makes one of another name each time would go on for ever.
        own = [.. open.Where(path => _suspects.Contains(path) || (_hadNew && isNew(path)))];
        string[] again = [.. open.Except(own)];
        _own.UnionWith(own);
        _hadNew = again.Any(isNew);
        _suspects = new HashSet<string>(again, StringComparer.OrdinalIgnoreCase);
        return again;
    }

    /// <summary>Somebody has saved it, while no build ran.</summary>
    public void Saved(string path)
    {
        _own.Remove(path);
        _suspects.Clear();
        _hadNew = false;
    }
}
