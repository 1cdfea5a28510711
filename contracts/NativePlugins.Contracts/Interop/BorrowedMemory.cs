using System.Buffers;

namespace NativePlugins.Contracts.Interop;

/// <summary>Memory of the caller's for the time of an asynchronous call.</summary>
internal sealed unsafe class BorrowedMemory<T>(void* items, int length) : MemoryManager<T>
    where T : unmanaged
{
    private volatile bool _isEnded;

    public override Span<T> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_isEnded, this);
        return new Span<T>(items, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, length);
        ObjectDisposedException.ThrowIf(_isEnded, this);
        return new MemoryHandle((T*)items + elementIndex);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _isEnded = true;
}
