using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NativePlugins.Host;

/// <summary>
/// A thread on which the host makes the calls that may hang, so that the caller can give up on them. Idle threads are
/// kept for a while and used again, for any plugin.
/// </summary>
internal sealed class LifecycleThread
{
    private const int IdleMilliseconds = 10_000;

    private static readonly Stack<LifecycleThread> s_idle = [];

    private readonly object _sync = new();
    private Job? _job;

    /// <summary>
    /// Runs <paramref name="work"/> to its end and rethrows what it throws; or returns false when
    /// <paramref name="deadline"/> has passed. Then the work goes on, and <paramref name="late"/> is called on its
    /// thread if it ever ends.
    /// </summary>
    public static bool TryRun(Action work, TimeSpan deadline, Action late)
    {
        var job = new Job(work, late, ExecutionContext.Capture());
        if (!Rent().Run(job, deadline))
        {
            return false;
        }

        job.Error?.Throw();
        return true;
    }

    private static LifecycleThread Rent()
    {
        lock (s_idle)
        {
            if (s_idle.TryPop(out LifecycleThread? idle))
            {
                return idle;
            }
        }

        var created = new LifecycleThread();
        new Thread(created.Loop) { IsBackground = true, Name = "NativePlugins lifecycle" }.UnsafeStart();
        return created;
    }

    private bool Run(Job job, TimeSpan deadline)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_sync)
        {
            _job = job;
            Monitor.PulseAll(_sync);
            while (!job.IsDone)
            {
                TimeSpan left = deadline == Timeout.InfiniteTimeSpan ? deadline : deadline - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
                {
                    job.IsAbandoned = true;
                    return false;
                }

                // Rounded up: a wait of 0 ms would spin through the last millisecond.
                Monitor.Wait(_sync, left == Timeout.InfiniteTimeSpan ? left : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }

            return true;
        }
    }

    private void Loop()
    {
        while (WaitForJob() is Job job)
        {
            job.Execute();
            if (!Finish(job))
            {
                job.Late();
                return;
            }
        }
    }

    private Job? WaitForJob()
    {
        lock (_sync)
        {
            while (_job is null)
            {
                if (!Monitor.Wait(_sync, IdleMilliseconds) && _job is null && TryRetire())
                {
                    return null;
                }
            }

            Job job = _job;
            _job = null;
            return job;
        }
    }

    /// <summary>Returns false if the caller has given up: then this thread is not used again.</summary>
    private bool Finish(Job job)
    {
        lock (_sync)
        {
            if (job.IsAbandoned)
            {
                return false;
            }

            // Before the caller wakes: its next job shall find this thread idle and not make another one.
            lock (s_idle)
            {
                s_idle.Push(this);
            }

            job.IsDone = true;
            Monitor.PulseAll(_sync);
            return true;
        }
    }

    /// <summary>Leaves the idle threads; false if a caller has just taken this one.</summary>
    private bool TryRetire()
    {
        lock (s_idle)
        {
            LifecycleThread[] others = [.. s_idle.Where(thread => thread != this).Reverse()];
            if (others.Length == s_idle.Count)
            {
                return false;
            }

            s_idle.Clear();
            foreach (LifecycleThread other in others)
            {
                s_idle.Push(other);
            }

            return true;
        }
    }

    private sealed class Job(Action work, Action late, ExecutionContext? context)
    {
        public Action Late { get; } = late;

        public bool IsDone { get; set; }

        public bool IsAbandoned { get; set; }

        public ExceptionDispatchInfo? Error { get; private set; }

        public void Execute()
        {
            try
            {
                if (context is null)
                {
                    work();
                }
                else
                {
                    ExecutionContext.Run(context, static work => ((Action)work!)(), work);
                }
            }
            catch (Exception e)
            {
                Error = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
