using System.Diagnostics;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// Notices that a call goes on for longer than it may. It looks from time to time while there are calls, and takes no processor time when there are
/// none. Thread-safe.
/// </summary>
internal sealed class CallDeadline : IDisposable
{
    // How often it looks within the deadline: a call is ended late by no more than that part of it.
    private const int Looks = 8;

    private readonly TimeSpan _deadline;
    private readonly Func<long?> _oldest;
    private readonly Action _passed;
    private readonly TimeSpan _interval;
    private readonly Timer _timer;
    private int _isLooking;

    /// <param name="deadline">How long a call may take.</param>
    /// <param name="oldest">When the oldest call that goes on has begun, as <see cref="Stopwatch.GetTimestamp"/> has it; null if there is none.</param>
    /// <param name="passed">Called when that is too long ago.</param>
    public CallDeadline(TimeSpan deadline, Func<long?> oldest, Action passed)
    {
        (_deadline, _oldest, _passed) = (deadline, oldest, passed);
        _interval = TimeSpan.FromMilliseconds(Math.Max(1, deadline.TotalMilliseconds / Looks));
        _timer = new Timer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A call has begun, and its time is known.</summary>
    public void Begin()
    {
        // Either this sees that nobody looks, or who stops looking sees the call.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isLooking) == 0 && Interlocked.Exchange(ref _isLooking, 1) == 0)
        {
            LookLater();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_oldest() is not long oldest)
        {
            Interlocked.Exchange(ref _isLooking, 0);
            if (_oldest() is not null)
            {
                Begin();
            }

            return;
        }

        if (Stopwatch.GetElapsedTime(oldest) >= _deadline)
        {
            _passed();
        }

        LookLater();
    }

    private void LookLater()
    {
        try
        {
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The worker has ended.
        }
    }
}
