namespace NativePlugins.Host.Isolation;

/// <summary>The threads that answer requests which belong to no waiting thread. Idle ones are used again, the last one first.</summary>
internal sealed class ChannelThreads
{
    private const int IdleMilliseconds = 10_000;

    private static readonly Stack<ChannelThreads> s_idle = [];

    private readonly object _sync = new();
    private Action? _work;

    /// <summary>Runs some work, which throws nothing, on a thread of its own.</summary>
    public static void Run(Action work)
    {
        ChannelThreads? thread;
        lock (s_idle)
        {
            _ = s_idle.TryPop(out thread);
        }

        if (thread is null)
        {
            thread = new ChannelThreads { _work = work };
            new Thread(thread.Loop) { IsBackground = true, Name = "NativePlugins channel" }.UnsafeStart();
            return;
        }

        lock (thread._sync)
        {
            thread._work = work;
            Monitor.Pulse(thread._sync);
        }
    }

    private void Loop()
    {
        while (TakeWork() is Action work)
        {
            work();
            lock (s_idle)
            {
                s_idle.Push(this);
            }
        }
    }

    private Action? TakeWork()
    {
        lock (_sync)
        {
            while (_work is null)
            {
                if (!Monitor.Wait(_sync, IdleMilliseconds) && _work is null && TryRetire())
                {
                    return null;
                }
            }

            Action work = _work;
            _work = null;
            return work;
        }
    }

    /// <summary>Leaves the idle threads; false if a caller has just taken this one.</summary>
    private bool TryRetire()
    {
        lock (s_idle)
        {
            ChannelThreads[] others = [.. s_idle.Where(thread => thread != this).Reverse()];
            if (others.Length == s_idle.Count)
            {
                return false;
            }

            s_idle.Clear();
            foreach (ChannelThreads other in others)
            {
                s_idle.Push(other);
            }

            return true;
        }
    }
}
