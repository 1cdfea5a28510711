namespace NativePlugins.Host.Reload;

/// <summary>What to do after a look at the installed files.</summary>
internal enum ChangeAction
{
    /// <summary>Nothing: they are the files that serve, or those that were refused.</summary>
    None,

    /// <summary>Look again after the quiet period: the files have changed, and may still be changing.</summary>
    LookAgain,

    /// <summary>Reload: the files are complete, and their content is new.</summary>
    Reload,
}

/// <summary>
/// Decides, look by look, whether the installed files are a complete new build: two looks find the same sizes and times, and the content
/// neither serves nor was refused. Not thread-safe.
/// </summary>
/// <param name="files">Where the plugin is installed.</param>
/// <param name="firstHash">The hash of what serves at first, if that is not a staged copy.</param>
/// <param name="stagedHash">Returns the hash of the staged copy that serves now; null if there is none.</param>
internal sealed class ChangeDetector(InstalledFiles files, string? firstHash, Func<string?> stagedHash)
{
    private InstalledStamp? _settled;
    private InstalledStamp? _seen;
    private string? _acceptedHash = firstHash;
    private string? _rejectedHash;
    private string? _offeredHash;

    /// <summary>Looks at the files. After a change the next look must be a quiet period later.</summary>
    public ChangeAction Look()
    {
        InstalledStamp stamp = files.Stamp();
        if (stamp == _settled)
        {
            _seen = null;
            return ChangeAction.None;
        }

        if (stamp != _seen)
        {
            _seen = stamp;
            return ChangeAction.LookAgain;
        }

        if (!stamp.HasLibrary)
        {
            // The library was deleted. It may come again.
            Settle(stamp);
            return ChangeAction.None;
        }

        // If a file cannot be read, the reload shall report that, once.
        string hash = files.Hash() ?? stamp.Stamps;
        if (files.Stamp() != stamp)
        {
            return ChangeAction.LookAgain;
        }

        if (hash == (stagedHash() ?? _acceptedHash) || hash == _rejectedHash)
        {
            Settle(stamp);
            return ChangeAction.None;
        }

        _offeredHash = hash;
        return ChangeAction.Reload;
    }

    /// <summary>The files that were offered serve now.</summary>
    public void Accepted()
    {
        _acceptedHash = _offeredHash;
        _rejectedHash = null;
        _seen = null;
    }

    /// <summary>The files that were offered were refused. They are not offered again until they change.</summary>
    public void Rejected() => _rejectedHash = _offeredHash;

    /// <summary>Something other than the files prevented the reload. The same files are offered again.</summary>
    public void Postponed() => _seen = null;

    private void Settle(InstalledStamp stamp)
    {
        _settled = stamp;
        _seen = null;
    }
}
