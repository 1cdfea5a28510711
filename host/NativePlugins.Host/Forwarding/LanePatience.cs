using System.Diagnostics;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// How long the reader of a lane looks for a message before it sleeps: twice as long as messages usually take, and not at all where they take longer than it
/// costs to be woken. Used by one thread at a time.
/// </summary>
internal sealed class LanePatience
{
    private const int ProbeInterval = 16;

    // Who is woken on another processor has waited about as long.
    private static readonly long s_longest = Stopwatch.Frequency / 20_000;
    private static readonly long s_shortest = Stopwatch.Frequency / 500_000;

    // Who looks keeps a processor, and the other side needs one to answer.
    private static readonly int s_mostLooking = Environment.ProcessorCount / 2;
    private static int s_looking;

    private long _usual;
    private long _limit = s_longest;
    private int _slow;

    /// <summary>Begins to look; false if that is not worth it now.</summary>
    /// <param name="now">The time, as <see cref="Stopwatch.GetTimestamp"/> has it.</param>
    /// <param name="until">When to stop looking.</param>
    public bool TryBegin(long now, out long until)
    {
        until = now + _limit;
        if (_limit == 0)
        {
            return false;
        }

        if (Interlocked.Increment(ref s_looking) <= s_mostLooking)
        {
            return true;
        }

        End();
        return false;
    }

    /// <summary>Has looked.</summary>
    public static void End() => Interlocked.Decrement(ref s_looking);

    /// <summary>A message has taken so long. Who has slept has also waited to be woken, so those that seem slow are looked for at times all the same.</summary>
    public void Learn(long taken)
    {
        if (taken <= s_longest)
        {
            _usual += (taken - _usual) / 4;
            _limit = Math.Min(s_longest, (2 * _usual) + s_shortest);
            return;
        }

        _slow++;
        _limit = _slow % ProbeInterval == 0 ? s_longest : _limit / 2 < s_shortest ? 0 : _limit / 2;
    }
}
