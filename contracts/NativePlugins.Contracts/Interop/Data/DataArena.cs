using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NativePlugins.Contracts.Interop;

/// <summary>The native memory in which the data of one call is built, until it is disposed of. Not thread-safe. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DataArena : IDisposable
{
    private const int FirstBytes = 4 * 1024;
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static DataArena? t_free;

    private byte* _block;
    private nuint _capacity;
    private nuint _used;
    private long _left;
    private int _depth;
    private int _maxDepth;
    private List<nint>? _full;
    private List<GCHandle>? _pinned;
    private DataArena? _next;

    private DataArena()
    {
    }

    /// <summary>Frees what is left of the memory when its thread has ended.</summary>
    ~DataArena() => NativeMemory.Free(_block);

    /// <summary>Takes one for one call.</summary>
    /// <param name="side">The side that sends the data.</param>
    public static DataArena Rent(ContractSide side)
    {
        ArgumentNullException.ThrowIfNull(side);
        DataArena arena = t_free ?? new DataArena();
        (t_free, arena._next) = (arena._next, null);
        arena._left = side.DataLimits.Bytes;
        arena._maxDepth = side.DataLimits.Depth;
        return arena;
    }

    /// <summary>Writes a value, and returns where it is; 0 for null.</summary>
    public nint Root<T, TRoot>(T value)
        where TRoot : IDataRoot<T>
    {
        nint root = 0;
        TRoot.Write(this, value, (byte*)&root);
        return root;
    }

    /// <summary>Writes a text as a pointer and a length; null as NULL.</summary>
    public NativeText Text<T, TData>(T value)
        where TData : IDataShape<T>
    {
        NativeText text = default;
        TData.Write(this, value, (byte*)&text);
        return text;
    }

    /// <summary>The value, which must be there.</summary>
    /// <param name="value">The value.</param>
    /// <param name="member">What it is, as Type.Member.</param>
    /// <exception cref="InvalidDataException">It is null.</exception>
    public static T Require<T>([NotNull] T? value, string member)
        where T : class => value ?? throw new InvalidDataException($"{member} is null, and its type says that it is not.");

    /// <summary>Memory of zeros for the struct of a case.</summary>
    /// <param name="size">In bytes.</param>
    public byte* Case(int size) => Allocate((nuint)size);

    /// <summary>What stands for an object that is none of the types that the data may be.</summary>
    /// <param name="value">The object.</param>
    /// <param name="type">The type whose cases they are.</param>
    /// <param name="known">The types that are known.</param>
    public static Exception NoCase(object value, string type, string known)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new InvalidDataException($"A {value.GetType()} cannot cross as a {type}: it is none of its cases, {known}.");
    }

    /// <summary>Ends the call: nothing that was written may be used any more.</summary>
    [SuppressMessage("Usage", "CA1816", Justification = "It is used again; its memory goes with its thread.")]
    public void Dispose()
    {
        foreach (nint block in _full ?? [])
        {
            NativeMemory.Free((void*)block);
        }

        foreach (GCHandle handle in _pinned ?? [])
        {
            handle.Free();
        }

        _full?.Clear();
        _pinned?.Clear();
        _used = 0;
        _depth = 0;
        if (_capacity > KeptBytes)
        {
            NativeMemory.Free(_block);
            _block = null;
            _capacity = 0;
        }

        (_next, t_free) = (t_free, this);
    }

    /// <summary>Memory of zeros.</summary>
    internal byte* Allocate(nuint size)
    {
        byte* memory = Reserve(size);
        NativeMemory.Clear(memory, size);
        _used += (size + 7) & ~(nuint)7;
        return memory;
    }

    /// <summary>The address of the elements: their copy, or where they are anyway until the end of the call.</summary>
    internal void* Elements<T>(ReadOnlySpan<T> items, T[]? array, nuint size)
    {
        if (array is not null && size >= FirstBytes / 2)
        {
            (_pinned ??= []).Add(GCHandle.Alloc(array, GCHandleType.Pinned));
            Take((long)size);
            return Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        }

        byte* memory = Reserve(size);
        ref byte first = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(items));
        for (nuint done = 0; done < size; done += int.MaxValue)
        {
            int part = (int)nuint.Min(size - done, int.MaxValue);
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref first, done), part).CopyTo(new Span<byte>(memory + done, part));
        }

        _used += (size + 7) & ~(nuint)7;
        return memory;
    }

    internal NativeText Utf8(string text)
    {
        // A UTF-16 unit takes three bytes of UTF-8 at most. Bytes are counted first only where that many would be a waste.
        nuint most = text.Length <= FirstBytes / 3 ? 3 * (nuint)text.Length : (nuint)Encoding.UTF8.GetByteCount(text);
        byte* memory = Reserve(nuint.Max(most, 1));
        int length = Encoding.UTF8.GetBytes(text, new Span<byte>(memory, (int)most));
        _used += ((nuint)length + 7) & ~(nuint)7;
        return new NativeText((sbyte*)memory, (nuint)length);
    }

    /// <summary>Goes into a value, of which there may be another inside.</summary>
    internal void Descend()
    {
        if (++_depth > _maxDepth)
        {
            throw new InvalidDataException($"The data is nested deeper than {_maxDepth}, or contains itself. The limit is {nameof(PluginDataLimits)}.{nameof(PluginDataLimits.Depth)}.");
        }
    }

    internal void Ascend() => _depth--;

    // Room, which is not taken yet.
    private byte* Reserve(nuint size)
    {
        Take((long)size);
        if (size > _capacity - _used)
        {
            Grow(size);
        }

        return _block + _used;
    }

    private void Take(long size)
    {
        if ((_left -= size) < 0)
        {
            throw new InvalidDataException($"The data of the call is larger than {nameof(PluginDataLimits)}.{nameof(PluginDataLimits.Bytes)} allows.");
        }
    }

    [SuppressMessage("Reliability", "CA2020", Justification = "The limit is far below.")]
    private void Grow(nuint size)
    {
        nuint capacity = nuint.Max((size + 7) & ~(nuint)7, _capacity == 0 ? FirstBytes : nuint.Min(2 * _capacity, 16 * 1024 * 1024));
        byte* block = (byte*)NativeMemory.Alloc(capacity);
        if (_block != null)
        {
            (_full ??= []).Add((nint)_block);
        }

        _block = block;
        _capacity = capacity;
        _used = 0;
    }
}
