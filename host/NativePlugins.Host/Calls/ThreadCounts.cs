using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using NativePlugins.Host.Platform;

namespace NativePlugins.Host.Calls;

/// <summary>
/// One count for each thread and each gate. A thread writes only its own counts, so callers on many threads do not share a cache line.
/// </summary>
/// <remarks>
/// A thread's counts are in one array. When there are more gates, it gets a second, larger one. The first stays in use for the calls that
/// began in it, so that a call can keep a reference to its count and end without looking for it again.
/// <para>
/// Across threads go the counts, by release writes and acquire reads, and the list of arrays: its thread replaces it under the lock, and others read
/// it under the lock. The one that reads it without, the function of <see cref="WatchCurrentThread"/>, may see an older list. It looks
/// for a call that began before it was made, whose array is in that list too; and an array is filled before the reference to it is written, which the
/// memory model makes a release write.
/// </para>
/// </remarks>
internal sealed class ThreadCounts
{
    // Cache lines have 64 or 128 bytes. With this many unused counts at both ends, no array shares one with its neighbour.
    private const int Padding = 32;
    private const int LeastLength = 128;

    private static readonly Lock s_lock = new();
    private static readonly List<ThreadCounts> s_all = [];
    private static readonly Stack<int> s_free = [];
    private static int s_last = Padding - 1;
    private static int s_acquired;

    private int[][] _arrays = [];

    /// <summary>Returns a place that no other gate has, and whose count is 0 in every thread.</summary>
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

    /// <summary>Gives a place back. Its count must be 0 in every thread.</summary>
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

    /// <summary>How many calls the current thread is inside.</summary>
    public static long SumOfCurrentThread(int index) => CurrentThread.Owner?.Counts.SumOf(index) ?? 0;

    /// <summary>Whether the current thread is inside a call, through any gate.</summary>
    public static bool IsCurrentThreadInside =>
        CurrentThread.Owner?.Counts._arrays.Any(counts => counts.AsSpan().ContainsAnyExcept(0)) == true;

    /// <summary>Returns a function by which another thread can ask whether the current thread is still inside a call.</summary>
    public static Func<bool> WatchCurrentThread(int index)
    {
        ThreadCounts? counts = CurrentThread.Owner?.Counts;
        return () => counts?.SumOf(index) > 0;
    }

    /// <summary>How many threads are inside a call. A thread that ended inside one counts too.</summary>
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
        // Pinned, as they are also read where no runtime can be asked where they are now.
        int[] counts = GC.AllocateArray<int>(ArrayLength(index), pinned: true);
        lock (s_lock)
        {
            Owner? owner = CurrentThread.Owner;
            if (owner is null)
            {
                owner = new Owner(new ThreadCounts());
                s_all.Add(owner.Counts);
                CurrentThread.Owner = owner;
            }

            owner.Counts._arrays = [.. owner.Counts._arrays, counts];
        }

        CurrentThread.Newest = counts;
        LastWords.CountsOfCurrentThread(counts);
        return ref counts[index];
    }

    // Acquire gives out no place among the last counts below a power of two.
    private static int ArrayLength(int index) => Math.Max(LeastLength, (int)BitOperations.RoundUpToPowerOf2((uint)index + 1));

    /// <summary>This class has no static constructor: otherwise each call would have to make sure that it had run.</summary>
    private static class CurrentThread
    {
        [ThreadStatic]
        public static int[]? Newest;

        [ThreadStatic]
        [SuppressMessage("CodeQuality", "IDE0052", Justification = "Its finalizer runs when the thread is gone.")]
        public static Owner? Owner;
    }

    /// <summary>Only its own thread has a reference to it.</summary>
    private sealed class Owner(ThreadCounts counts)
    {
        public ThreadCounts Counts { get; } = counts;

        ~Owner()
        {
            lock (s_lock)
            {
                // A thread that ended inside a call must still be waited for.
                if (Counts._arrays.All(counts => counts.All(count => count == 0)))
                {
                    s_all.Remove(Counts);
                }
            }
        }
    }
}
