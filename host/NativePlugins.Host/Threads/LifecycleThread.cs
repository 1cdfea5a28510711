namespace NativePlugins.Host.Threads;

/// <summary>
/// A thread on which the host makes calls that may hang, so that the caller can give them up. Idle threads are kept for a while and used
/// again, for any plugin.
/// </summary>
internal sealed class LifecycleThread
{
    private const int IdleMilliseconds = 10_000;

    private static readonly Stack<LifecycleThread> s_idle = [];
    private static int s_count;
    private static int s_stuck;

    private readonly object _sync = new();
    private bool _isStarted;
    private LifecycleJob? _job;

    /// <summary>How many of these threads there are.</summary>
    public static int Count => Volatile.Read(ref s_count);

    /// <summary>How many of them are in a call that was given up and is still running in this process.</summary>
    public static int StuckCount => Volatile.Read(ref s_stuck);

    /// <summary>
    /// Runs <paramref name="work"/> to its end and rethrows what it throws; or returns false if one of its steps has taken longer than
    /// <paramref name="deadline"/>. Then that step goes on, the next one is not begun, and <paramref name="late"/> is called on the thread
    /// if the step ever ends.
    /// </summary>
    /// <param name="work">Calls its argument at the beginning of each step after the first.</param>
    /// <param name="deadline">The time for each step.</param>
    /// <param name="late">Called if the step ends after all.</param>
    /// <param name="visit">The caller's turn in the system's loader. The work ends it.</param>
    /// <param name="isElsewhere">Whether the work waits for another process, and holds up nothing in this one.</param>
    /// <exception cref="PluginLoaderHeldException">A new thread is needed, and a library keeps it from being started.</exception>
    public static bool TryRun(Action<Action> work, TimeSpan deadline, Action late, LoaderVisit? visit = null, bool isElsewhere = false)
    {
        LifecycleThread thread = Rent();
        if (visit is not null && LoaderLock.MappedCount > (visit.Work == LoaderWork.Constructors ? 0 : 1))
        {
            KeepSpare(visit);
        }

        var job = new LifecycleJob(thread._sync, work, late, ExecutionContext.Capture()) { Visit = visit, IsElsewhere = isElsewhere };
        if (!thread.Run(job, deadline))
        {
            return false;
        }

        job.Error?.Throw();
        return true;
    }

    /// <summary>The same for work of one step.</summary>
    /// <param name="isElsewhere">Whether it waits for another process, and holds up nothing in this one.</param>
    public static bool TryRun(Action work, TimeSpan deadline, Action late, bool isElsewhere = false) => TryRun(_ => work(), deadline, late, null, isElsewhere);

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

    /// <summary>
    /// Starts a thread for the other plugins while that is possible: they can then be stopped and freed even if this visit never ends.
    /// </summary>
    private static void KeepSpare(LoaderVisit visit)
    {
        lock (s_idle)
        {
            if (s_idle.Count > 0)
            {
                return;
            }
        }

        var spare = new LifecycleThread();
        spare.Begin(visit, isForJob: true);
        lock (s_idle)
        {
            s_idle.Push(spare);
        }
    }

    private bool Run(LifecycleJob job, TimeSpan deadline)
    {
        LoaderVisit? turn = _isStarted ? null : job.Visit ?? LoaderLock.Enter("", LoaderWork.Thread, deadline);
        lock (_sync)
        {
            job.BeginStep();
            _job = job;
            Monitor.PulseAll(_sync);
        }

        // The new thread finds its first job at once, and need not sleep and be woken.
        if (turn is not null)
        {
            Begin(turn, isForJob: turn == job.Visit);
        }

        lock (_sync)
        {
            while (!job.IsDone)
            {
                TimeSpan left = deadline == Timeout.InfiniteTimeSpan ? deadline : deadline - job.StepTime;
                if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
                {
                    job.IsAbandoned = true;
                    CountStuck(job, 1);
                    return false;
                }

                // Rounded up, as a wait of 0 ms would spin through the last millisecond.
                Monitor.Wait(_sync, left == Timeout.InfiniteTimeSpan ? left : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }

            return true;
        }
    }

    /// <summary>Starts the thread. This needs the system's loader, and without a turn there it could wait for ever.</summary>
    private void Begin(LoaderVisit turn, bool isForJob)
    {
        bool isBegun = false;
        try
        {
            _isStarted = true;
            Interlocked.Increment(ref s_count);
            new Thread(Loop) { IsBackground = true, Name = "NativePlugins lifecycle" }.UnsafeStart();
            isBegun = true;
        }
        finally
        {
            if (!isBegun)
            {
                Interlocked.Decrement(ref s_count);
            }

            if (!isBegun || !isForJob)
            {
                LoaderLock.Leave(turn);
            }
        }
    }

    private void Loop()
    {
        while (WaitForJob() is LifecycleJob job)
        {
            job.Execute();
            if (!Finish(job))
            {
                CountStuck(job, -1);
                job.Late();
                break;
            }
        }

        Interlocked.Decrement(ref s_count);
    }

    private static void CountStuck(LifecycleJob job, int change)
    {
        if (!job.IsElsewhere)
        {
            Interlocked.Add(ref s_stuck, change);
        }
    }

    private LifecycleJob? WaitForJob()
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

            LifecycleJob job = _job;
            _job = null;
            return job;
        }
    }

    /// <summary>Returns false if the caller has given up. Then this thread is not used again.</summary>
    private bool Finish(LifecycleJob job)
    {
        lock (_sync)
        {
            if (job.IsAbandoned)
            {
                return false;
            }

            // Before the caller wakes: for its next job it shall find this thread idle, and not start another one.
            lock (s_idle)
            {
                s_idle.Push(this);
            }

            job.IsDone = true;
            Monitor.PulseAll(_sync);
            return true;
        }
    }

    /// <summary>Leaves the idle threads; false if a caller has just taken this thread, or may need it because no other can be started.</summary>
    private bool TryRetire()
    {
        if (LoaderLock.IsVisited)
        {
            return false;
        }

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
}
