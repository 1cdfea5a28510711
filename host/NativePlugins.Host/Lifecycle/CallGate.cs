using System.Runtime.CompilerServices;

namespace NativePlugins.Host;

/// <summary>
/// Counts the calls into a plugin, at the cost of two plain stores a call, so that stopping it can wait for them.
/// </summary>
/// <remarks>
/// A caller writes its thread's count and then reads the gate. Who closes writes the gate, issues a barrier on every
/// processor, and then reads the counts. So either the caller sees the gate closed, or the closer sees the count. The
/// barrier is the closer's, therefore a call needs none.
/// A thread that is inside a call passes a closed gate: it could be waited for, but must not wait itself.
/// </remarks>
internal sealed class CallGate : IDisposable
{
    private readonly int _index = ThreadCounts.Acquire();
    private volatile bool _isOpen;
    private volatile bool _isDisposed;

    /// <summary>Whether the current thread is inside a call.</summary>
    public bool IsHeldByCurrentThread => !_isDisposed && ThreadCounts.SumOfCurrentThread(_index) > 0;

    /// <summary>Begins a call, which ends when the lease is disposed of; false when the gate is closed.</summary>
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

    /// <summary>Lets calls in.</summary>
    public void Open() => _isOpen = true;

    /// <summary>Lets no further call in. Returns at once; see <see cref="WaitUntilEmpty"/>.</summary>
    public void Close()
    {
        _isOpen = false;
        Interlocked.MemoryBarrierProcessWide();
    }

    /// <summary>Waits until no call is left behind the closed gate; false when <paramref name="deadline"/> passed.</summary>
    public bool WaitUntilEmpty(TimeSpan deadline)
    {
        long start = Environment.TickCount64;
        var spin = new SpinWait();
        while (ThreadCounts.Sum(_index) > 0)
        {
            if (deadline != Timeout.InfiniteTimeSpan && Environment.TickCount64 - start >= deadline.TotalMilliseconds)
            {
                return false;
            }

            spin.SpinOnce();
        }

        return true;
    }

    /// <summary>Gives the gate's place in the threads' counts back. Only when it is closed and empty.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        ThreadCounts.Release(_index);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryEnterClosed(ref CallLease call)
    {
        call.Dispose();
        call = default;
        if (!IsHeldByCurrentThread)
        {
            return false;
        }

        ref int count = ref ThreadCounts.Current(_index);
        Volatile.Write(ref count, count + 1);
        call = new CallLease(ref count);
        return true;
    }
}
