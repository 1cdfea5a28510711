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
    private static int s_count;

    private readonly object _sync = new();
    private bool _isStarted;
    private Job? _job;

    /// <summary>How many of these threads there are.</summary>
    public static int Count => Volatile.Read(ref s_count);

    /// <summary>
    /// Runs <paramref name="work"/> to its end and rethrows what it throws; or returns false when one of its steps has
    /// taken longer than <paramref name="deadline"/>. Then that step goes on, the next one is not begun, and
    /// <paramref name="late"/> is called on the thread if the step ever ends.
    /// </summary>
    /// <param name="work">Calls its argument at the beginning of each step after the first.</param>
    /// <param name="deadline">For each step.</param>
    /// <param name="late">The step ended, after all.</param>
    public static bool TryRun(Action<Action> work, TimeSpan deadline, Action late)
    {
        LifecycleThread thread = Rent();
        var job = new Job(thread._sync, work, late, ExecutionContext.Capture());
        if (!thread.Run(job, deadline))
        {
            return false;
        }

        job.Error?.Throw();
        return true;
    }

    /// <summary>The same for work of one step.</summary>
    public static bool TryRun(Action work, TimeSpan deadline, Action late) => TryRun(_ => work(), deadline, late);

    private static LifecycleThread Rent()
    {
        lock (s_idle)
        {
            if (s_idle.TryPop(out LifecycleThread? idle))
            {
                return idle;
            }
        }

        return new LifecycleThread();
    }

    private bool Run(Job job, TimeSpan deadline)
    {
        lock (_sync)
        {
            job.BeginStep();
            _job = job;
            Monitor.PulseAll(_sync);
        }

        // With its first job at hand the new thread need not sleep and be woken again.
        if (!_isStarted)
        {
            _isStarted = true;
            Interlocked.Increment(ref s_count);
            new Thread(Loop) { IsBackground = true, Name = "NativePlugins lifecycle" }.UnsafeStart();
        }

        lock (_sync)
        {
            while (!job.IsDone)
            {
                TimeSpan left = deadline == Timeout.InfiniteTimeSpan ? deadline : deadline - job.StepTime;
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
                break;
            }
        }

        Interlocked.Decrement(ref s_count);
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

    private sealed class Job(object sync, Action<Action> work, Action late, ExecutionContext? context)
    {
        private long _stepStart;

        public Action Late { get; } = late;

        public bool IsDone { get; set; }

        public bool IsAbandoned { get; set; }

        public ExceptionDispatchInfo? Error { get; private set; }

        public TimeSpan StepTime => Stopwatch.GetElapsedTime(_stepStart);

        /// <summary>The deadline counts from here on.</summary>
        /// <exception cref="OperationCanceledException">The caller has given up.</exception>
        public void BeginStep()
        {
            lock (sync)
            {
                if (IsAbandoned)
                {
                    throw new OperationCanceledException();
                }

                _stepStart = Stopwatch.GetTimestamp();
            }
        }

        public void Execute()
        {
            try
            {
                if (context is null)
                {
                    Work();
                }
                else
                {
                    ExecutionContext.Run(context, static job => ((Job)job!).Work(), this);
                }
            }
            catch (Exception e)
            {
                Error = ExceptionDispatchInfo.Capture(e);
            }
        }

        private void Work() => work(BeginStep);
    }
}
