using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An array that a call returns. One that comes in one piece, as from C#, is allocated and copied once.</summary>
/// <typeparam name="T">The element.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ArrayResult<T> : ResultSink, IDisposable
    where T : unmanaged
{
    private static readonly NativePool<ArrayResult<T>> s_pool = new(() => new ArrayResult<T>());

    [ThreadStatic]
    private static NativeShelf<ArrayResult<T>>? t_shelf;

    private T[] _items = [];
    private int _length;

    private ArrayResult()
    {
    }

    /// <summary>Takes one for one call.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "For generated code, which knows the type.")]
    public static ArrayResult<T> Rent()
    {
        ArrayResult<T> result = (t_shelf ??= new NativeShelf<ArrayResult<T>>(s_pool)).Rent();
        result.Begin();
        return result;
    }

    /// <summary>The array of a successful call, which is the caller's from here on.</summary>
    /// <param name="side">The caller's side.</param>
    /// <param name="call">The contract and the member.</param>
    public T[] Take(ContractSide side, string call)
    {
        ThrowIfBroken(side, call);
        return _length % Unsafe.SizeOf<T>() == 0
            ? ToArray()
            : throw DataCalls.Fault(side, call, $"The call has handed over {_length} bytes; a multiple of {Unsafe.SizeOf<T>()} was expected, the size of {typeof(T).Name}.");
    }

    /// <summary>The array, which is the caller's from here on.</summary>
    /// <exception cref="InvalidOperationException">The bytes are no whole number of elements.</exception>
    public T[] ToArray()
    {
        if (_length % Unsafe.SizeOf<T>() != 0)
        {
            throw new InvalidOperationException(
                $"The call returned {_length} bytes; a multiple of {Unsafe.SizeOf<T>()} was expected, the size of {typeof(T).Name}.");
        }

        Array.Resize(ref _items, _length / Unsafe.SizeOf<T>());
        return _items;
    }

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        End();
        _items = [];
        _length = 0;
        (t_shelf ??= new NativeShelf<ArrayResult<T>>(s_pool)).Return(this);
    }

    private protected override int Append(ReadOnlySpan<byte> piece)
    {
        long needed = (long)_length + piece.Length;
        if (needed > int.MaxValue)
        {
            return np.NP_E_OUT_OF_MEMORY;
        }

        long capacity = (long)_items.Length * Unsafe.SizeOf<T>();
        if (needed > capacity)
        {
            // A first piece is most often the only one, so it gets an array of its size; later ones double the array.
            long bytes = _length == 0 ? needed : Math.Min(Math.Max(needed, 2 * capacity), int.MaxValue);
            Array.Resize(ref _items, (int)((bytes + Unsafe.SizeOf<T>() - 1) / Unsafe.SizeOf<T>()));
        }

        piece.CopyTo(MemoryMarshal.AsBytes(_items.AsSpan())[_length..]);
        _length = (int)needed;
        return np.NP_OK;
    }
}
