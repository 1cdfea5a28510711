using System.Runtime.CompilerServices;

namespace NativePlugins.Host.Calls;

/// <summary>One call that a <see cref="CallGate"/> has let in. Disposing of the lease ends the call: once, on the thread that began it.</summary>
internal readonly ref struct CallLease
{
    private readonly ref int _count;

    public CallLease(ref int count) => _count = ref count;

    public bool IsHeld => !Unsafe.IsNullRef(ref _count);

    /// <summary>The thread's count, for who keeps it longer than this struct can be kept, and ends the call by another of these.</summary>
    public ref int Count => ref _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispose()
    {
        if (IsHeld)
        {
            Volatile.Write(ref _count, _count - 1);
        }
    }
}
