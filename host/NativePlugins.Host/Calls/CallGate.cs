using System.Runtime.CompilerServices;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Calls;

/// <summary>Counts the calls into a plugin, so that stopping or replacing it can wait for them. The count costs a call two plain stores.</summary>
/// <remarks>
/// A caller writes its thread's count and then reads the gate. The closer writes the gate, issues a barrier on every processor,
/// and then reads the counts. So either the caller sees the closed gate, or the closer sees the count. The barrier is on the
/// closer's side, so a call needs none.
/// A thread that is inside a call passes a closed gate: the closer may be waiting for that thread, so it must not wait itself.
/// For the same reason a thread inside any plugin never waits at the gate of another plugin.
/// Any thread may try to enter. Only one thread at a time may open or close the gate.
/// <para>
/// What this needs of a processor that swaps memory accesses, as arm64 does (.NET memory model, docs/design/specs/Memory-model.md of
/// dotnet/runtime):
/// the count is written and then the gate is read, which every processor may swap: the barrier, which all processors pass between the closer's
/// write and its reads, is what makes up for that. The count goes down by a release write and is read by an acquire read: who finds it at zero
/// sees all that the call has done. The gate is opened by a release write and read by an acquire read: a call that it lets in sees
/// all that was prepared before it was opened. A thread's own count needs no order for that thread.
/// </para>
/// </remarks>
internal sealed class CallGate(Action? barrier = null) : IDisposable
{
    // The time in which a short call ends on another processor. If the closer looked longer, then with fewer processors than callers
    // it would only keep them from ending.
    private const int EagerLooks = 100;

    private static readonly TimeSpan s_lookInterval = TimeSpan.FromMilliseconds(1);

    [ThreadStatic]
    private static bool t_wasPaused;

    private readonly int _index = ThreadCounts.Acquire();
    private volatile GateClosure? _closure = new(isForGood: true, default);
    private volatile bool _isDisposed;

    /// <summary>Whether the current thread is inside a call.</summary>
    public bool IsHeldByCurrentThread => !_isDisposed && ThreadCounts.SumOfCurrentThread(_index) > 0;

    /// <summary>
    /// Whether the gate that refused the current thread last was closed only for a while. The gate and the plugin may be in another
    /// state by now.
    /// </summary>
    public static bool WasPaused => t_wasPaused;

    /// <summary>
    /// Begins a call, which ends when the lease is disposed of; false if the gate is closed. If the gate is closed only for a while, the
    /// call waits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter(out CallLease call)
    {
        ref int count = ref Unsafe.NullRef<int>();

        // Looked at also before counting: a caller that tries again and again must not keep a closed gate from being found empty.
        if (_closure is null)
        {
            count = ref ThreadCounts.Current(_index);
            Volatile.Write(ref count, count + 1);
            if (_closure is null)
            {
                call = new CallLease(ref count);
                return true;
            }
        }

        call = new CallLease(ref EnterClosed(ref count));
        return call.IsHeld;
    }

    /// <summary>The same without waiting, also where the gate is closed only for a while.</summary>
    public bool TryEnterAtOnce(out CallLease call)
    {
        bool isInside = IsHeldByCurrentThread;
        if (_closure is null || isInside)
        {
            ref int count = ref ThreadCounts.Current(_index);
            Volatile.Write(ref count, count + 1);
            call = new CallLease(ref count);
            if (_closure is null || isInside)
            {
                return true;
            }

            call.Dispose();
        }

        call = default;
        return false;
    }

    /// <summary>Lets calls in, also those that wait.</summary>
    /// <param name="opened">Called once calls can enter, before those that wait are woken.</param>
    public void Open(Action? opened = null)
    {
        GateClosure? closure = _closure;
        _closure = null;
        opened?.Invoke();
        closure?.End();
    }

    /// <summary>Lets no further call in. Returns at once; see <see cref="WaitUntilEmpty"/>.</summary>
    public void Close() => Close(new GateClosure(isForGood: true, default));

    /// <summary>Closes the gate for a while. Calls that arrive wait for it to open again, at most for <paramref name="patience"/>.</summary>
    public void Pause(TimeSpan patience) => Close(new GateClosure(isForGood: false, patience));

    /// <summary>
    /// Waits until no call and no hold is left behind the closed gate; false if <paramref name="deadline"/> has passed, or if
    /// <paramref name="giveUp"/> says so.
    /// </summary>
    public bool WaitUntilEmpty(TimeSpan deadline, HoldCount? holds = null, Func<bool>? giveUp = null)
    {
        long start = Environment.TickCount64;
        for (int look = 0; !IsEmpty(holds); look++)
        {
            if ((deadline != Timeout.InfiniteTimeSpan && Environment.TickCount64 - start >= deadline.TotalMilliseconds)
                || giveUp?.Invoke() == true)
            {
                return false;
            }

            if (look < EagerLooks)
            {
                Thread.SpinWait(10);
            }
            else if (_closure is GateClosure closure)
            {
                closure.WaitForArrivals(() => ThreadCounts.CountInside(_index), s_lookInterval);
            }
        }

        return true;
    }

    /// <summary>These are calls into code of this plugin in this process. Said of it if it ends the process.</summary>
    public void Name(string plugin) => LastWords.NameCounts(_index, LastWords.NameOf(plugin));

    /// <summary>Watches the current thread's calls: another thread can ask whether they go on.</summary>
    public Func<bool> WatchCurrentThread() => ThreadCounts.WatchCurrentThread(_index);

    /// <summary>Gives back the gate's place in the counts of the threads. Only when the gate is closed and empty.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        LastWords.NameCounts(_index, 0);
        ThreadCounts.Release(_index);
    }

    // The counts come first: a hold is taken inside a call, so without a call there is no new hold.
    private bool IsEmpty(HoldCount? holds) => ThreadCounts.CountInside(_index) == 0 && holds?.IsZero != false;

    private void Close(GateClosure closure)
    {
        GateClosure? before = _closure;
        _closure = closure;
        before?.End();
        if (barrier is null)
        {
            Interlocked.MemoryBarrierProcessWide();
        }
        else
        {
            barrier();
        }
    }

    /// <summary>
    /// The count of a call that was let in after all, or no reference. <paramref name="begun"/> is the count that the call has increased
    /// already, if it has.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref int EnterClosed(ref int begun)
    {
        new CallLease(ref begun).Dispose();
        long start = Environment.TickCount64;
        while (!IsHeldByCurrentThread)
        {
            if (!WaitUntilOpen(start))
            {
                return ref Unsafe.NullRef<int>();
            }

            // As in TryEnter: the gate may have been closed again.
            ref int open = ref ThreadCounts.Current(_index);
            Volatile.Write(ref open, open + 1);
            if (_closure is null)
            {
                return ref open;
            }

            new CallLease(ref open).Dispose();
        }

        ref int count = ref ThreadCounts.Current(_index);
        Volatile.Write(ref count, count + 1);
        return ref count;
    }

    /// <summary>False if the gate is closed for good, not opened in time, or this thread must not wait.</summary>
    private bool WaitUntilOpen(long start)
    {
        while (_closure is GateClosure closure)
        {
            closure.Arrive();
            if (ThreadCounts.IsCurrentThreadInside || !closure.WaitForEnd(start))
            {
                t_wasPaused = !closure.IsForGood;
                return _closure is null;
            }
        }

        return true;
    }
}
