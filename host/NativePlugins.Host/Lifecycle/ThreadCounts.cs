using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NativePlugins.Host;

/// <summary>
/// For each thread an array of counts, one for each gate. A thread writes only its own, so callers on many threads do
/// not share a cache line.
/// </summary>
internal sealed class ThreadCounts
{
    // Cache lines are 64 or 128 bytes: with this many unused counts at both ends no array shares one with a neighbour.
    private const int Padding = 32;

    private static readonly Lock s_lock = new();
    private static readonly List<ThreadCounts> s_all = [];
    private static readonly Stack<int> s_free = [];
    private static int s_used;

    [ThreadStatic]
    private static int[]? t_counts;

    [ThreadStatic]
    [SuppressMessage("CodeQuality", "IDE0052", Justification = "Its finalizer runs when the thread is gone.")]
    private static Owner? t_owner;

    private int[] _counts = [];

    /// <summary>A place that is no other gate's and 0 in every thread.</summary>
    public static int Acquire()
    {
        lock (s_lock)
        {
            return s_free.TryPop(out int index) ? index : s_used++;
        }
    }

    /// <summary>Gives a place back. It must be 0 in every thread.</summary>
    public static void Release(int index)
    {
        lock (s_lock)
        {
            s_free.Push(index);
        }
    }

    /// <summary>The current thread's count for a gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int Current(int index)
    {
        int[]? counts = t_counts;
        if (counts is not null && (uint)(index + Padding) < (uint)(counts.Length - Padding))
        {
            return ref counts[index + Padding];
        }

        return ref Grow(index);
    }

    /// <summary>The sum over all threads, also those that have ended.</summary>
    public static long Sum(int index)
    {
        lock (s_lock)
        {
            long sum = 0;
            foreach (ThreadCounts thread in s_all)
            {
                int[] counts = thread._counts;
                if (index + Padding < counts.Length - Padding)
                {
                    sum += Volatile.Read(ref counts[index + Padding]);
                }
            }

            return sum;
        }
    }

    /// <summary>How many threads have counts. For tests.</summary>
    internal static int ThreadCount
    {
        get
        {
            lock (s_lock)
            {
                return s_all.Count;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref int Grow(int index)
    {
        lock (s_lock)
        {
            Owner? owner = t_owner;
            if (owner is null)
            {
                owner = new Owner(new ThreadCounts());
                s_all.Add(owner.Counts);
                t_owner = owner;
            }

            // Only this thread writes its counts, and it is here: the copy loses nothing. Who sums holds the lock.
            int[] grown = new int[Padding + Math.Max(16, 2 * (index + 1)) + Padding];
            int[] old = owner.Counts._counts;
            old.CopyTo(grown, 0);
            owner.Counts._counts = grown;
            t_counts = grown;
            return ref grown[index + Padding];
        }
    }

    /// <summary>Reachable from its thread only.</summary>
    private sealed class Owner(ThreadCounts counts)
    {
        public ThreadCounts Counts { get; } = counts;

        ~Owner()
        {
            lock (s_lock)
            {
                // A thread that ended inside a call is still to be waited for.
                if (Counts._counts.All(count => count == 0))
                {
                    s_all.Remove(Counts);
                }
            }
        }
    }
}
