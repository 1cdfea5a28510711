namespace NativePlugins.Host.Threads;

/// <summary>Lets one caller at a time into the system's loader, over all hosts of the process, and knows for which library.</summary>
/// <remarks>
/// The loader has one lock, and holds it while it runs constructors and destructors. If one of these never returns, the loader stays closed
/// to every thread that loads or closes a library, asks for a symbol, ends the process with exit(3), or under CoreCLR starts a thread
/// (glibc takes that lock in __cxa_thread_atexit_impl; Windows for DLL_THREAD_ATTACH). Code that is about to need the loader waits here
/// first, where waiting has an end and the library that is to blame has a name.
/// </remarks>
internal static class LoaderLock
{
    private static readonly object s_sync = new();
    private static LoaderVisit? s_visit;
    private static volatile LoaderVisit? s_overdue;
    private static int s_mapped;

    /// <summary>The visit that has passed its deadline and is still going on, or null.</summary>
    public static LoaderVisit? Overdue => s_overdue;

    /// <summary>How many plugins' libraries are mapped, or about to be. Each of them may need the loader, or a thread, one day.</summary>
    public static int MappedCount => Volatile.Read(ref s_mapped);

    /// <summary>Whether a visit to the loader is going on.</summary>
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

    /// <summary>Counts a library that was mapped, or is gone again.</summary>
    /// <param name="change">1 or -1.</param>
    public static void CountMapped(int change) => Interlocked.Add(ref s_mapped, change);

    /// <summary>Waits until no one is in the loader, and takes the turn. The code that ends the work gives the turn back.</summary>
    /// <param name="library">The path of the library that the visit is for, as its user knows it.</param>
    /// <param name="work">The part of the visit that may take long.</param>
    /// <param name="patience">The longest time to wait for others.</param>
    /// <exception cref="PluginLoaderHeldException">
    /// Another visit has passed its deadline, or did not end within <paramref name="patience"/>.
    /// </exception>
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

    /// <exception cref="PluginLoaderHeldException">A visit to the loader has passed its deadline.</exception>
    public static void RequireFree(string library, LoaderWork work)
    {
        if (s_overdue is LoaderVisit other)
        {
            throw LoaderFailures.Held(library, work, other);
        }
    }

    /// <summary>Notes that the visit has not ended in time. Callers that wait give up now, and later ones do not wait.</summary>
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
