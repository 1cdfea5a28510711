using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NativePlugins.Host.Calls;

/// <summary>
/// For each thread a count for each gate. A thread writes only its own, so callers on many threads do not share a cache
/// line.
/// </summary>
/// <remarks>
/// A thread's counts are in one array, and in a second, larger one once there are more gates. The first stays in use for
/// the calls that began in it, so that a call can keep a reference to its count and end without looking for it again.
/// </remarks>
internal sealed class ThreadCounts
{
    // Cache lines are 64 or 128 bytes: with this many unused counts at both ends no array shares one with a neighbour.
    private const int Padding = 32;
    private const int LeastLength = 128;

    private static readonly Lock s_lock = new();
    private static readonly List<ThreadCounts> s_all = [];
    private static readonly Stack<int> s_free = [];
    private static int s_last = Padding - 1;
    private static int s_acquired;

    private int[][] _arrays = [];

    /// <summary>A place that is no other gate's and 0 in every thread.</summary>
    public static int Acquire()
    {
        lock (s_lock)
        {
            if (s_free.TryPop(out int index))
            {
                return index;
            }

            s_acquired++;
            s_last = ArrayLength(s_last + 1 + Padding) > ArrayLength(s_last + 1) ? s_last + 1 + Padding : s_last + 1;
            return s_last;
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

    /// <summary>The current thread's count for the calls that begin now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref int Current(int index)
    {
        int[]? counts = CurrentThread.Newest;
        if (counts is not null && (uint)index < (uint)counts.Length)
        {
            return ref counts[index];
        }

        return ref Grow(index);
    }

    /// <summary>How many calls the current thread is inside of.</summary>
    public static long SumOfCurrentThread(int index) => CurrentThread.Owner?.Counts.SumOf(index) ?? 0;

    /// <summary>Whether the current thread is inside a call, through whichever gate.</summary>
    public static bool IsCurrentThreadInside =>
        CurrentThread.Owner?.Counts._arrays.Any(counts => counts.AsSpan().ContainsAnyExcept(0)) == true;

    /// <summary>Whether the current thread is still inside a call, to be asked by another one.</summary>
    public static Func<bool> WatchCurrentThread(int index)
    {
        ThreadCounts? counts = CurrentThread.Owner?.Counts;
        return () => counts?.SumOf(index) > 0;
    }

    /// <summary>How many threads are inside a call, also of those that have ended.</summary>
    public static int CountInside(int index)
    {
        lock (s_lock)
        {
            int inside = 0;
            foreach (ThreadCounts thread in s_all)
            {
                inside += thread.SumOf(index) == 0 ? 0 : 1;
            }

            return inside;
        }
    }

    /// <summary>How many gates have a place. For tests.</summary>
    internal static int GateCount
    {
        get
        {
            lock (s_lock)
            {
                return s_acquired - s_free.Count;
            }
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

    private long SumOf(int index)
    {
        long sum = 0;
        foreach (int[] counts in _arrays)
        {
            sum += (uint)index < (uint)counts.Length ? Volatile.Read(ref counts[index]) : 0;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ref int Grow(int index)
    {
        lock (s_lock)
        {
            Owner? owner = CurrentThread.Owner;
            if (owner is null)
            {
                owner = new Owner(new ThreadCounts());
                s_all.Add(owner.Counts);
                CurrentThread.Owner = owner;
            }

            int[] counts = new int[ArrayLength(index)];
            owner.Counts._arrays = [.. owner.Counts._arrays, counts];
            CurrentThread.Newest = counts;
            return ref counts[index];
        }
    }

    // No place is in the last counts of a power of two: Acquire leaves them out.
    private static int ArrayLength(int index) => Math.Max(LeastLength, (int)BitOperations.RoundUpToPowerOf2((uint)index + 1));

    /// <summary>In a class without a static constructor: a call would have to see to it that it has run.</summary>
    private static class CurrentThread
    {
        [ThreadStatic]
        public static int[]? Newest;

        [ThreadStatic]
        [SuppressMessage("CodeQuality", "IDE0052", Justification = "Its finalizer runs when the thread is gone.")]
        public static Owner? Owner;
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
                if (Counts._arrays.All(counts => counts.All(count => count == 0)))
                {
                    s_all.Remove(Counts);
                }
            }
        }
    }
}
