using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NativePlugins.Contracts.Interop;

/// <summary>How the result of an asynchronous call crosses: as the bytes of an np_completion. For generated code.</summary>
/// <typeparam name="T">The result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAsyncShape<T>
{
    /// <summary>Makes the result of the bytes, on the caller's side.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
    static abstract T Read(ContractSide side, ReadOnlySpan<byte> bytes);

    /// <summary>Completes a call with the result, on the callee's side.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
    static abstract int Send(ContractSide side, nint completion, T result);
}

/// <summary>No result.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct NoShape : IAsyncShape<bool>
{
    /// <inheritdoc/>
    public static bool Read(ContractSide side, ReadOnlySpan<byte> bytes) => true;

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, bool result) => AsyncAnswer.Complete(completion, []);
}

/// <summary>A number, an enum or a struct, as it lies in memory.</summary>
/// <typeparam name="T">The result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct ValueShape<T> : IAsyncShape<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static T Read(ContractSide side, ReadOnlySpan<byte> bytes) => bytes.Length == Unsafe.SizeOf<T>()
        ? MemoryMarshal.Read<T>(bytes)
        : throw new DataRuleException($"The call completed with {bytes.Length} bytes; {Unsafe.SizeOf<T>()} were expected.");

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, T result) =>
        AsyncAnswer.Complete(completion, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in result)));
}

/// <summary>A bool: one byte.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct BoolShape : IAsyncShape<bool>
{
    /// <inheritdoc/>
    public static bool Read(ContractSide side, ReadOnlySpan<byte> bytes) => ValueShape<byte>.Read(side, bytes) != 0;

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, bool result) => ValueShape<byte>.Send(side, completion, result ? (byte)1 : (byte)0);
}

/// <summary>A string: UTF-8.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct TextShape : IAsyncShape<string>
{
    /// <inheritdoc/>
    public static string Read(ContractSide side, ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, string result)
    {
        using var text = new Utf8Argument(result ?? "", nameof(result), stackalloc byte[Utf8Argument.StackSize]);
        return AsyncAnswer.Complete(completion, text.Bytes);
    }
}

/// <summary>An array: its elements, one after the other.</summary>
/// <typeparam name="T">The element.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct ArrayShape<T> : IAsyncShape<T[]>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static T[] Read(ContractSide side, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Unsafe.SizeOf<T>() != 0)
        {
            throw new DataRuleException(
                $"The call completed with {bytes.Length} bytes; a multiple of {Unsafe.SizeOf<T>()} was expected, the size of {typeof(T).Name}.");
        }

        var items = new T[bytes.Length / Unsafe.SizeOf<T>()];
        bytes.CopyTo(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, T[] result) => AsyncAnswer.Complete(completion, MemoryMarshal.AsBytes(result.AsSpan()));
}
