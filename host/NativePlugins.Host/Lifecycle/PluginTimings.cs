using System.Diagnostics;

namespace NativePlugins.Host;

/// <summary>How long each step of the way from a name to a running plugin took.</summary>
public sealed class PluginTimings
{
    internal PluginTimings()
    {
    }

    /// <summary>From the name to the file.</summary>
    public TimeSpan Resolve { get; internal set; }

    /// <summary>Checking the file and its manifest.</summary>
    public TimeSpan Verify { get; internal set; }

    /// <summary>Mapping the library, by the system's loader.</summary>
    public TimeSpan Map { get; internal set; }

    /// <summary>Entry, negotiation, create and start. The first call into a NativeAOT library starts its runtime.</summary>
    public TimeSpan Start { get; internal set; }

    /// <summary>The last run of its command, or zero.</summary>
    public TimeSpan LastCall { get; internal set; }

    /// <summary>Waiting for calls in flight, and the last stop; or zero.</summary>
    public TimeSpan Stop { get; internal set; }

    /// <summary>The time since <paramref name="start"/>, which is set to the present.</summary>
    internal static TimeSpan Lap(ref long start)
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan lap = Stopwatch.GetElapsedTime(start, now);
        start = now;
        return lap;
    }
}
