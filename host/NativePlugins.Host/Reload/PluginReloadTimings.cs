using System.Diagnostics;

namespace NativePlugins.Host;

/// <summary>How long each step of a reload took; zero for steps that it did not reach.</summary>
public sealed class PluginReloadTimings
{
    private readonly TimeSpan[] _times = new TimeSpan[Enum.GetValues<PluginReloadPhase>().Length];
    private PluginReloadPhase _phase;
    private long? _start = Stopwatch.GetTimestamp();

    internal PluginReloadTimings(TimeSpan detect)
    {
        _times[(int)PluginReloadPhase.Detect] = detect;
        _phase = PluginReloadPhase.Wait;
    }

    /// <summary>The time of one step; zero if it was not reached.</summary>
    public TimeSpan this[PluginReloadPhase phase] => _times[(int)phase];

    /// <summary>How long the gate was closed to calls: draining, migrating and committing.</summary>
    public TimeSpan GateClosed =>
        this[PluginReloadPhase.Drain] + this[PluginReloadPhase.Migrate] + this[PluginReloadPhase.Commit];

    /// <summary>From the beginning until the new generation served: all steps before retiring but <see cref="PluginReloadPhase.Detect"/>.</summary>
    public TimeSpan UntilServing => new(_times[(int)PluginReloadPhase.Wait..(int)PluginReloadPhase.Retire].Sum(time => time.Ticks));

    /// <summary>The step that is running, or the one at which the reload ended.</summary>
    internal PluginReloadPhase Phase => _phase;

    /// <summary>Ends the running step and begins another.</summary>
    internal void Begin(PluginReloadPhase phase)
    {
        End();
        _phase = phase;
        _start = Stopwatch.GetTimestamp();
    }

    /// <summary>Ends the running step, if there is one. The time until the next one begins belongs to no step.</summary>
    internal void End()
    {
        if (_start is long start)
        {
            _times[(int)_phase] += Stopwatch.GetElapsedTime(start);
            _start = null;
        }
    }
}
