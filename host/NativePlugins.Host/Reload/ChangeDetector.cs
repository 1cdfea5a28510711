namespace NativePlugins.Host.Reload;

/// <summary>What is to be done after a look at the installed files.</summary>
internal enum ChangeAction
{
    /// <summary>Nothing: they are what serves, or what was refused.</summary>
    None,

    /// <summary>Look again after the quiet period: they have changed, and may still be changing.</summary>
    LookAgain,

    /// <summary>Reload: they are complete, and their contents are new.</summary>
    Reload,
}

/// <summary>
/// Decides, look by look, whether installed files are a new build that is complete: twice the same sizes and times, and
/// contents that neither serve nor were refused. Not thread-safe.
/// </summary>
/// <param name="files">Where the plugin is installed.</param>
/// <param name="firstHash">Of what serves, where that is not a staged copy.</param>
/// <param name="stagedHash">Of the staged copy that serves now; null where there is none.</param>
internal sealed class ChangeDetector(InstalledFiles files, string? firstHash, Func<string?> stagedHash)
{
    private InstalledStamp? _settled;
    private InstalledStamp? _seen;
    private string? _acceptedHash = firstHash;
    private string? _rejectedHash;
    private string? _offeredHash;

    /// <summary>Looks at the files. Looks that follow a change must be a quiet period apart.</summary>
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
            // Deleted; it may come again.
            Settle(stamp);
            return ChangeAction.None;
        }

        // A file that cannot be read is for the reload to report, once.
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

    /// <summary>The offered files serve now.</summary>
    public void Accepted()
    {
        _acceptedHash = _offeredHash;
        _rejectedHash = null;
        _seen = null;
    }

    /// <summary>The offered files were refused: not again, until they change.</summary>
    public void Rejected() => _rejectedHash = _offeredHash;

    /// <summary>Something else was in the way: the same files are offered again.</summary>
    public void Postponed() => _seen = null;

    private void Settle(InstalledStamp stamp)
    {
        _settled = stamp;
        _seen = null;
    }
}
