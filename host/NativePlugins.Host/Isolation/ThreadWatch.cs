using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Isolation;

/// <summary>
/// Notices that a plugin has ended the thread of a call into it, as pthread_exit does, or has closed the channel. Such a call never returns, or
/// nobody hears of it. While no call is inside, it takes no processor time.
/// </summary>
/// <param name="threadGone">Called once for each thread.</param>
/// <param name="isOpen">Whether the channel is open.</param>
/// <param name="closed">Called when it is not.</param>
internal sealed class ThreadWatch(Action threadGone, Func<bool> isOpen, Action closed)
{
    private const int Interval = 50; // milliseconds

    private readonly object _sync = new();
    private readonly Dictionary<int, int> _inside = [];
    private bool _isStarted;
    private bool _isIdle;

    [ThreadStatic]
    private static int t_thread;

    /// <summary>Does some work that the plugin may never return from.</summary>
    public T Watch<T>(Func<T> work)
    {
        int thread = t_thread != 0 ? t_thread : t_thread = WorkerSystem.Current.CurrentThread;
        lock (_sync)
        {
            // Not for each call: it looks again by itself while there are some.
            if (_isIdle)
            {
                _isIdle = false;
                Monitor.Pulse(_sync);
            }

            _inside[thread] = _inside.GetValueOrDefault(thread) + 1;
            if (!_isStarted)
            {
                _isStarted = true;
                new Thread(Look) { IsBackground = true, Name = "NativePlugins thread watch" }.UnsafeStart();
            }
        }

        try
        {
            return work();
        }
        finally
        {
            lock (_sync)
            {
                if (--_inside[thread] == 0)
                {
                    _inside.Remove(thread);
                }
            }
        }
    }

    private void Look()
    {
        lock (_sync)
        {
            while (true)
            {
                if (_inside.Count == 0)
                {
                    _isIdle = true;
                    Monitor.Wait(_sync);
                    continue;
                }

                Monitor.Wait(_sync, Interval);
                if (!isOpen())
                {
                    closed();
                }

                foreach (int thread in _inside.Keys.Where(WorkerSystem.Current.IsThreadGone).ToArray())
                {
                    _inside.Remove(thread);
                    threadGone();
                }
            }
        }
    }
}
