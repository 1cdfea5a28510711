namespace NativePlugins.Host;

/// <summary>How plugins are replaced while they are in use. See <see cref="PluginHostOptions.Reload"/>.</summary>
public sealed class PluginReloadOptions
{
    private static readonly TimeSpan s_maxTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Whether a plugin runs from a private copy of its library and of the files that its manifest lists. The installed files are then
    /// never mapped, and can be overwritten or deleted at any time. If false, a plugin can be replaced only by a library under another
    /// path, for example when a symbolic link that led to the old library leads to the new one. Default: true.
    /// </summary>
    public bool Staging { get; set; } = true;

    /// <summary>
    /// Where the copies are made, in a directory that only this user can use. A relative path is relative to
    /// <see cref="AppContext.BaseDirectory"/>. Its file system must allow code to be mapped. Default (null): the system's directory for
    /// temporary files.
    /// </summary>
    public string? StagingDirectory { get; set; }

    /// <summary>
    /// How long a call waits that arrives while the plugin is being replaced: zero (then it fails with
    /// <see cref="PluginReloadingException"/>) to one day, or <see cref="Timeout.InfiniteTimeSpan"/>. A caller that is itself inside a call into
    /// another plugin never waits. Default: 30 seconds.
    /// </summary>
    public TimeSpan CallPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a generation with state (<c>np.state/1</c>) may be replaced by one without, which loses the state. Default: false.</summary>
    public bool AllowStateLoss { get; set; }

    /// <summary>The largest state that is carried over, in bytes: 0 to 1 GiB. Default: 256 MiB.</summary>
    public int MaxStateSize { get; set; } = 256 << 20;

    /// <summary>
    /// What becomes of objects that the plugin has given to the application, and that are not disposed of when it is to be replaced. Default:
    /// <see cref="PluginLiveObjects.Wait"/>.
    /// </summary>
    public PluginLiveObjects LiveObjects { get; set; }

    /// <summary>
    /// Whether a plugin is reloaded automatically when its installed files are a complete new build, from <see cref="PluginHost.Load(string, CancellationToken)"/>
    /// until it is disposed of. Default: false.
    /// </summary>
    public bool Watch { get; set; }

    /// <summary>
    /// How long the sizes and times of the installed files must stay the same before a new build counts as complete:
    /// 10 ms to one day. Default: 100 ms.
    /// </summary>
    public TimeSpan QuietPeriod { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often the installed files are looked at. This is done besides the system's notifications of changes, which can get lost. 10 ms
    /// to one day. Default: 2 seconds.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Returns a checked copy.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal PluginReloadOptions Validated()
    {
        if (CallPatience != Timeout.InfiniteTimeSpan && (CallPatience < TimeSpan.Zero || CallPatience > s_maxTime))
        {
            throw new ArgumentOutOfRangeException(
                nameof(CallPatience), CallPatience, $"{nameof(CallPatience)} must be zero to {s_maxTime}, or infinite.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(QuietPeriod, s_leastInterval, nameof(QuietPeriod));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QuietPeriod, s_maxTime, nameof(QuietPeriod));
        ArgumentOutOfRangeException.ThrowIfLessThan(PollInterval, s_leastInterval, nameof(PollInterval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PollInterval, s_maxTime, nameof(PollInterval));
        if (!Enum.IsDefined(LiveObjects))
        {
            throw new ArgumentOutOfRangeException(nameof(LiveObjects), LiveObjects, $"{nameof(LiveObjects)} must be one of {nameof(PluginLiveObjects)}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(MaxStateSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxStateSize, 1 << 30);
        return (PluginReloadOptions)MemberwiseClone();
    }
}
