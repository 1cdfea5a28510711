using System.Runtime.InteropServices;

namespace NativePlugins.Host.Forwarding;

/// <summary>Memory for what a call has brought, until the call ends. The first block is used again. Used by one thread at a time.</summary>
internal sealed unsafe class NativeArena
{
    private const int FirstSize = 4096;
    private const int BlockSize = 64 * 1024;
    private const long MaxSize = 256L << 20;

    private static readonly NativePoolOf<NativeArena> s_pool = new(static () => new NativeArena(), resting: 0);

    private readonly byte* _first = (byte*)NativeMemory.Alloc(FirstSize);
    private readonly List<nint> _others = [];
    private byte* _next;
    private byte* _end;
    private long _size;

    private NativeArena() => Reset();

    public static NativeArena Rent() => s_pool.Rent();

    /// <summary>Ends the life of what was allocated.</summary>
    public void Return()
    {
        Reset();
        s_pool.Return(this);
    }

    /// <summary>Memory at a multiple of 16, which is not cleared.</summary>
    /// <exception cref="MessageException">A message would become much larger than it is.</exception>
    public byte* Allocate(long size)
    {
        size = (size + 15) & ~15L;
        if (size > _end - _next)
        {
            _size += size;
            if (_size > MaxSize)
            {
                throw new MessageException($"what would take {_size} bytes");
            }

            long block = Math.Max(size, BlockSize);
            _next = (byte*)NativeMemory.AlignedAlloc((nuint)block, 16);
            _others.Add((nint)_next);
            _end = _next + block;
        }

        byte* allocated = _next;
        _next += size;
        return allocated;
    }

    public byte* AllocateZeroed(long size)
    {
        byte* memory = Allocate(size);
        NativeMemory.Clear(memory, (nuint)size);
        return memory;
    }

    private void Reset()
    {
        foreach (nint block in _others)
        {
            NativeMemory.AlignedFree((void*)block);
        }

        _others.Clear();
        _next = _first;
        _end = _first + FirstSize;
        _size = 0;
    }
}
