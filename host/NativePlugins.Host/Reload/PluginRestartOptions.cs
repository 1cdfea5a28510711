namespace NativePlugins.Host;

/// <summary>
/// How an isolated plugin is started again when its process has ended without being asked to. See <see cref="PluginWorkerOptions.Restart"/>.
/// </summary>
/// <remarks>
/// Until a new process serves, calls throw <see cref="PluginCrashedException"/>. What is installed at that moment is loaded, as by
/// <see cref="Plugin.Reload"/>, with the same events. A <see cref="Contracts.PluginLease{T}"/> that is not disposed of keeps the old generation in place.
/// </remarks>
public sealed class PluginRestartOptions
{
    private static readonly TimeSpan s_maxTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How often a plugin is started again within <see cref="Window"/>: 0 or more. An attempt that fails counts too. Then it stays
    /// <see cref="PluginState.Crashed"/> until it is reloaded. Default: 5.
    /// </summary>
    public int MaxRestarts { get; set; } = 5;

    /// <summary>The time within which restarts are counted: more than zero to one day. Default: one minute.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long to wait before the second restart within <see cref="Window"/>; the first comes at once. It is doubled for each further one, up to
    /// <see cref="MaxDelay"/>. Zero to one day. Default: 100 ms.
    /// </summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time to wait before a restart: zero to one day. Default: 10 seconds.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often the state of the plugin (<c>np.state/1</c>) is saved, so that the next process begins with it: 10 ms to one day. Calls wait
    /// meanwhile, as during a reload. While a lease is held nothing is saved; nor if a call goes on for longer than 100 ms, and then the next try
    /// comes after two seconds or more. What has happened since the last save is lost. Default (null): never, and the plugin begins anew.
    /// </summary>
    public TimeSpan? StateInterval { get; set; }

    /// <summary>Returns a checked copy.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal PluginRestartOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(MaxRestarts);
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, TimeSpan.FromTicks(1), nameof(Window));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Window, s_maxTime, nameof(Window));
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero, nameof(Delay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Delay, s_maxTime, nameof(Delay));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDelay, TimeSpan.Zero, nameof(MaxDelay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDelay, s_maxTime, nameof(MaxDelay));
        if (StateInterval is TimeSpan interval)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(interval, s_leastInterval, nameof(StateInterval));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, s_maxTime, nameof(StateInterval));
        }

        return (PluginRestartOptions)MemberwiseClone();
    }
}
