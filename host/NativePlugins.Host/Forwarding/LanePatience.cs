using System.Diagnostics;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// Whether the reader of a lane looks for the next message or sleeps at once, and how long it looks. It learns how long messages take with the one and with
/// the other, does what takes less, and tries the other at times. Where both processes have a processor each, looking takes a tenth; where they share one, who
/// looks only keeps the other from answering. Used by one thread at a time.
/// </summary>
internal sealed class LanePatience
{
    private const int TryInterval = 64;

    private static readonly long s_longest = Stopwatch.Frequency / 20_000;
    private static readonly long s_shortest = Stopwatch.Frequency / 500_000;

    // What takes longer says nothing of the way: nobody has sent anything.
    private static readonly long s_most = Stopwatch.Frequency / 5_000;

    // Who looks keeps a processor, and the other side needs one to answer.
    private static readonly int s_mostLooking = Environment.ProcessorCount / 2;
    private static int s_looking;

    private long _withLooking;
    private long _withSleep = s_most;
    private long _found = s_longest / 2;
    private int _count;

    /// <summary>Begins to look; false if that is not worth it now.</summary>
    /// <param name="now">The time, as <see cref="Stopwatch.GetTimestamp"/> has it.</param>
    /// <param name="until">When to stop looking.</param>
    public bool TryBegin(long now, out long until)
    {
        until = now + Math.Min(s_longest, (2 * _found) + s_shortest);

        // If there is no difference, nobody takes processor time for nothing.
        bool isBetter = _withLooking < _withSleep - (_withSleep / 8);
        if (isBetter == (++_count % TryInterval == 0))
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

    /// <summary>A message has been found by looking.</summary>
    /// <param name="taken">How long that has taken.</param>
    public void LearnFound(long taken)
    {
        Learn(ref _found, taken);
        Learn(ref _withLooking, taken);
    }

    /// <summary>A message has come while the reader slept.</summary>
    /// <param name="taken">How long it has taken in all.</param>
    /// <param name="hasLooked">Whether it was looked for before that.</param>
    public void LearnSlept(long taken, bool hasLooked)
    {
        if (hasLooked)
        {
            // It may have needed longer, or be nowhere near.
            _found = Math.Min(s_longest, (2 * _found) + s_shortest);
            Learn(ref _withLooking, taken);
        }
        else
        {
            Learn(ref _withSleep, taken);
        }
    }

    private static void Learn(ref long usual, long taken) => usual += (Math.Min(taken, s_most) - usual) / 4;
}
