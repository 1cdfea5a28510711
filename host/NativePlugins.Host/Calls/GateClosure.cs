namespace NativePlugins.Host.Calls;

/// <summary>One period in which a <see cref="CallGate"/> is closed. Callers wait here for its end, and the closer waits for callers.</summary>
/// <remarks>
/// No thread spins here, and a woken thread needs no lock: with more threads than processors, a thread that runs for nothing keeps the
/// closer from running, or a caller that is still inside.
/// <para>
/// Who arrives increases one number and then reads the other; who waits writes that other and then reads the first. Both writes are interlocked,
/// which is a full fence on every processor: so at least one of the two sees what the other has written, and no wake-up is lost.
/// </para>
/// </remarks>
internal sealed class GateClosure(bool isForGood, TimeSpan patience)
{
    private readonly object _arrival = new();
    private readonly ManualResetEvent? _end = isForGood ? null : new ManualResetEvent(false);
    private int _arrived;
    private int _awaited = int.MaxValue;

    /// <summary>Whether the gate stays closed until the plugin is started again.</summary>
    public bool IsForGood => isForGood;

    /// <summary>A thread has come to the closed gate. If it was inside a call, that call has ended.</summary>
    public void Arrive()
    {
        if (Interlocked.Increment(ref _arrived) == Volatile.Read(ref _awaited))
        {
            lock (_arrival)
            {
                Monitor.Pulse(_arrival);
            }
        }
    }

    /// <summary>
    /// Waits until as many threads have come as are inside, but not longer than <paramref name="most"/>: a thread may leave and not come
    /// again.
    /// </summary>
    public void WaitForArrivals(Func<int> countInside, TimeSpan most)
    {
        lock (_arrival)
        {
            int before = Volatile.Read(ref _arrived);
            Interlocked.Exchange(ref _awaited, before + countInside());
            if (Volatile.Read(ref _arrived) < _awaited)
            {
                Monitor.Wait(_arrival, most);
            }
        }
    }

    /// <summary>Waits for the end; false if the gate is closed for good, or does not open in time.</summary>
    /// <param name="start">When the caller began to wait, by <see cref="Environment.TickCount64"/>.</param>
    public bool WaitForEnd(long start)
    {
        if (_end is null || patience == Timeout.InfiniteTimeSpan)
        {
            return _end?.WaitOne() == true;
        }

        TimeSpan left = patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
        return left > TimeSpan.Zero && _end.WaitOne(left);
    }

    /// <summary>Wakes the threads that wait for the end.</summary>
    public void End() => _end?.Set();
}
