using System.Runtime.CompilerServices;

namespace NativePlugins.Host;

/// <summary>
/// Counts the calls into a plugin, at the cost of two plain stores a call, so that stopping or replacing it can wait for
/// them.
/// </summary>
/// <remarks>
/// A caller writes its thread's count and then reads the gate. Who closes writes the gate, issues a barrier on every
/// processor, and then reads the counts. So either the caller sees the gate closed, or the closer sees the count. The
/// barrier is the closer's, therefore a call needs none.
/// A thread that is inside a call passes a closed gate: it could be waited for, but must not wait itself. For the same
/// reason a thread inside any plugin never waits at another one's gate.
/// </remarks>
internal sealed class CallGate(Action? barrier = null) : IDisposable
{
    // A call that is about to end is worth the processor; after that the closer sleeps between two looks.
    private const int EagerMilliseconds = 2;

    private readonly object _changed = new();
    private readonly int _index = ThreadCounts.Acquire();
    private volatile bool _isOpen;
    private volatile bool _isDisposed;
    private bool _isPaused;
    private TimeSpan _patience;

    /// <summary>Whether the current thread is inside a call.</summary>
    public bool IsHeldByCurrentThread => !_isDisposed && ThreadCounts.SumOfCurrentThread(_index) > 0;

    /// <summary>
    /// Begins a call, which ends when the lease is disposed of; false when the gate is closed. At a gate that is closed
    /// for a while only, it waits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter(out CallLease call)
    {
        // Looked at before counting too: who keeps trying at a closed gate must not keep it from being found empty.
        if (_isOpen)
        {
            ref int count = ref ThreadCounts.Current(_index);
            Volatile.Write(ref count, count + 1);
            call = new CallLease(ref count);
            if (_isOpen)
            {
                return true;
            }
        }
        else
        {
            call = default;
        }

        return TryEnterClosed(ref call);
    }

    /// <summary>Lets calls in, also those that wait.</summary>
    public void Open() => Change(isOpen: true, isPaused: false);

    /// <summary>Lets no further call in. Returns at once; see <see cref="WaitUntilEmpty"/>.</summary>
    public void Close()
    {
        Change(isOpen: false, isPaused: false);
        Barrier();
    }

    /// <summary>Closes the gate for a while: calls that arrive wait for it to open again, this long at the most.</summary>
    public void Pause(TimeSpan patience)
    {
        _patience = patience;
        Change(isOpen: false, isPaused: true);
        Barrier();
    }

    /// <summary>
    /// Waits until no call is left behind the closed gate, and no hold; false when <paramref name="deadline"/> passed, or
    /// <paramref name="giveUp"/> says so.
    /// </summary>
    public bool WaitUntilEmpty(TimeSpan deadline, HoldCount? holds = null, Func<bool>? giveUp = null)
    {
        long start = Environment.TickCount64;
        var spin = new SpinWait();
        while (!IsEmpty(holds))
        {
            long waited = Environment.TickCount64 - start;
            if ((deadline != Timeout.InfiniteTimeSpan && waited >= deadline.TotalMilliseconds) || giveUp?.Invoke() == true)
            {
                return false;
            }

            if (waited < EagerMilliseconds)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }
            else
            {
                Thread.Sleep(1);
            }
        }

        return true;
    }

    /// <summary>The calls of the current thread, so that another one can see when they have ended.</summary>
    public Func<bool> WatchCurrentThread() => ThreadCounts.WatchCurrentThread(_index);

    /// <summary>Gives the gate's place in the threads' counts back. Only when it is closed and empty.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        ThreadCounts.Release(_index);
    }

    // The counts first: a hold is taken inside a call, so once there is no call there is no new hold.
    private bool IsEmpty(HoldCount? holds) => ThreadCounts.Sum(_index) == 0 && holds?.IsZero != false;

    private void Change(bool isOpen, bool isPaused)
    {
        lock (_changed)
        {
            _isPaused = isPaused;
            _isOpen = isOpen;
            Monitor.PulseAll(_changed);
        }
    }

    private void Barrier()
    {
        if (barrier is null)
        {
            Interlocked.MemoryBarrierProcessWide();
        }
        else
        {
            barrier();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryEnterClosed(ref CallLease call)
    {
        call.Dispose();
        call = default;
        long start = Environment.TickCount64;
        while (!IsHeldByCurrentThread)
        {
            if (!WaitUntilOpen(start))
            {
                return false;
            }

            // What TryEnter does; the gate may have been closed again in between.
            ref int open = ref ThreadCounts.Current(_index);
            Volatile.Write(ref open, open + 1);
            call = new CallLease(ref open);
            if (_isOpen)
            {
                return true;
            }

            call.Dispose();
            call = default;
        }

        ref int count = ref ThreadCounts.Current(_index);
        Volatile.Write(ref count, count + 1);
        call = new CallLease(ref count);
        return true;
    }

    /// <summary>False if the gate is closed for good, not opened in time, or this thread must not wait.</summary>
    private bool WaitUntilOpen(long start)
    {
        if (ThreadCounts.IsCurrentThreadInside)
        {
            return _isOpen;
        }

        lock (_changed)
        {
            while (_isPaused)
            {
                TimeSpan left = _patience == Timeout.InfiniteTimeSpan
                    ? _patience
                    : _patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
                if ((left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan) || (!Monitor.Wait(_changed, left) && _isPaused))
                {
                    return false;
                }
            }

            return _isOpen;
        }
    }
}
