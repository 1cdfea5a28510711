namespace NativePlugins.Host.Threads;

/// <summary>
/// Lets one caller at a time into the system's loader, over all hosts of the process, and knows for which library.
/// </summary>
/// <remarks>
/// The loader has one lock, and holds it while it runs constructors and destructors. One of these that never returns keeps
/// all others out for ever: who loads or closes a library or asks for a symbol, who ends the process with exit(3), and
/// under CoreCLR who begins a thread (glibc takes that lock in __cxa_thread_atexit_impl; Windows for DLL_THREAD_ATTACH).
/// Whoever is about to need it waits here first, where waiting has an end and the culprit a name.
/// </remarks>
internal static class LoaderLock
{
    private static readonly object s_sync = new();
    private static LoaderVisit? s_visit;
    private static volatile LoaderVisit? s_overdue;
    private static int s_mapped;

    /// <summary>The visit that has passed its deadline and goes on, or null.</summary>
    public static LoaderVisit? Overdue => s_overdue;

    /// <summary>How many plugins' libraries are mapped, or about to be: as many may need the loader, or a thread, one day.</summary>
    public static int MappedCount => Volatile.Read(ref s_mapped);

    /// <summary>Whether somebody is in the loader.</summary>
    public static bool IsVisited
    {
        get
        {
            lock (s_sync)
            {
                return s_visit is not null;
            }
        }
    }

    /// <summary>A library has come, or has gone again.</summary>
    /// <param name="change">1 or -1.</param>
    public static void CountMapped(int change) => Interlocked.Add(ref s_mapped, change);

    /// <summary>Waits until nobody is in the loader, and takes the turn: to be left by whoever ends the work.</summary>
    /// <param name="library">For which: its path, as its user knows it.</param>
    /// <param name="work">What it may be doing there for long.</param>
    /// <param name="patience">How long to wait for others at the most.</param>
    /// <exception cref="PluginLoaderHeldException">Somebody is there past the deadline, or for longer than this may wait.</exception>
    public static LoaderVisit Enter(string library, LoaderWork work, TimeSpan patience)
    {
        long start = Environment.TickCount64;
        lock (s_sync)
        {
            while (s_visit is LoaderVisit other)
            {
                TimeSpan left = patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
                if (other == s_overdue || (patience != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero))
                {
                    throw LoaderFailures.Held(library, work, other);
                }

                Monitor.Wait(s_sync, patience == Timeout.InfiniteTimeSpan ? patience : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)));
            }

            return s_visit = new LoaderVisit(library, work);
        }
    }

    /// <exception cref="PluginLoaderHeldException">Somebody is in the loader past the deadline.</exception>
    public static void RequireFree(string library, LoaderWork work)
    {
        if (s_overdue is LoaderVisit other)
        {
            throw LoaderFailures.Held(library, work, other);
        }
    }

    /// <summary>It has not ended in time: who waits gives up now, and who comes later does not wait.</summary>
    public static void SetOverdue(LoaderVisit visit)
    {
        lock (s_sync)
        {
            if (s_visit == visit)
            {
                s_overdue = visit;
                Monitor.PulseAll(s_sync);
            }
        }
    }

    /// <summary>Ends the visit, once.</summary>
    public static void Leave(LoaderVisit visit)
    {
        lock (s_sync)
        {
            if (s_visit == visit)
            {
                s_visit = s_overdue = null;
                Monitor.PulseAll(s_sync);
            }
        }
    }
}
