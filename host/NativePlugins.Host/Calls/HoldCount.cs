namespace NativePlugins.Host.Calls;

/// <summary>
/// How many holds there are on a generation. A hold is a call that may end on another thread than the one on which it began. Holds are few,
/// and last long compared with other calls, so one counter for all threads is enough.
/// </summary>
/// <remarks>
/// The count goes up by an interlocked write before the call's own count goes down by a release write, and is read after that: who finds no call
/// sees the hold. It goes down by an interlocked write, so who finds none sees all that was done under it.
/// </remarks>
internal sealed class HoldCount
{
    private int _count;

    public bool IsZero => Volatile.Read(ref _count) == 0;

    /// <summary>Only inside a call: a drain looks for calls first, and for holds afterwards.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    public void Remove() => Interlocked.Decrement(ref _count);
}
