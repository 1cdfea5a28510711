namespace NativePlugins.Host.Calls;

/// <summary>
/// How many holds there are on a generation: calls that end on another thread than they began on, if not much later. They
/// are few and long beside calls, so one counter does for all threads.
/// </summary>
internal sealed class HoldCount
{
    private int _count;

    public bool IsZero => Volatile.Read(ref _count) == 0;

    /// <summary>Only inside a call: who drains looks for calls first.</summary>
    public void Add() => Interlocked.Increment(ref _count);

    public void Remove() => Interlocked.Decrement(ref _count);
}
