using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>Data on its way through a function of a table: as the caller sees it. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class DataCalls
{
    /// <summary>A value that is a number in C.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TData">How it lies in memory.</typeparam>
    /// <typeparam name="TNumber">The number.</typeparam>
    public static TNumber ToNumber<T, TData, TNumber>(T value)
        where TData : IDataShape<T>
        where TNumber : unmanaged
    {
        TNumber number = default;
        TData.Write(null!, value, (byte*)&number);
        return number;
    }

    /// <summary>Makes memory of the caller's ready for a value: a callee that writes nothing has written zeros.</summary>
    public static void Clear<T, TData>(void* cell)
        where TData : IDataShape<T> => new Span<byte>(cell, TData.Size).Clear();

    /// <summary>A value, written to memory of the caller's in which no pointer is.</summary>
    public static void Write<T, TData>(T value, void* cell)
        where TData : IDataShape<T> => TData.Write(null!, value, (byte*)cell);

    /// <summary>What the callee has written to memory of the caller's.</summary>
    /// <param name="side">The caller's side.</param>
    /// <param name="call">The contract and the member.</param>
    /// <param name="name">The parameter, or "result".</param>
    /// <param name="cell">The memory.</param>
    public static T Read<T, TData>(ContractSide side, string call, string name, void* cell)
        where TData : IDataShape<T>
    {
        var reader = new DataReader(side, name);
        try
        {
            return TData.Read(ref reader, (byte*)cell);
        }
        catch (DataRuleException e)
        {
            throw Fault(side, call, e.Message);
        }
    }

    internal static T FromBytes<T, TRoot>(ContractSide side, ReadOnlySpan<byte> bytes)
        where TRoot : IDataRoot<T>
    {
        var target = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));
        var reader = new DataReader(side, "result", target, (nuint)bytes.Length);
        if (target != null && bytes.Length < TRoot.TargetMinimum)
        {
            reader.Refuse($"was handed over with a size of {bytes.Length}; {TRoot.TargetMinimum} or more was expected");
        }

        return TRoot.Read(ref reader, (byte*)&target);
    }

    /// <summary>The callee has broken a rule of the contract.</summary>
    internal static Exception Fault(ContractSide side, string call, string message) =>
        side.ToException(call, new ContractError(np.NP_E_FAULT, "", message, ""), default);
}

/// <summary>How data without pointers that comes later crosses: as the bytes of an np_completion. For generated code.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct FlatShape<T, TData> : IAsyncShape<T>
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static T Read(ContractSide side, ReadOnlySpan<byte> bytes)
    {
        var reader = new DataReader(side, "result");
        if (bytes.Length != TData.Size)
        {
            reader.Refuse($"was handed over with a size of {bytes.Length}; {TData.Size} was expected");
        }

        return TData.Read(ref reader, (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)));
    }

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, T result)
    {
        byte* cell = stackalloc byte[TData.Size];
        TData.Write(null!, result, cell);
        return AsyncAnswer.Complete(completion, new ReadOnlySpan<byte>(cell, TData.Size));
    }
}

/// <summary>How data that comes later crosses: by the pointer of an np_completion. For generated code.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <typeparam name="TRoot">How it crosses.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct DataShape<T, TRoot> : IAsyncShape<T>
    where TRoot : IDataRoot<T>
{
    /// <inheritdoc/>
    public static T Read(ContractSide side, ReadOnlySpan<byte> bytes) => DataCalls.FromBytes<T, TRoot>(side, bytes);

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, T result)
    {
        using DataArena arena = DataArena.Rent(side);
        nint root = arena.Root<T, TRoot>(result);
        var native = (np_completion*)completion;
        return native->complete(native->context, np.NP_OK, (void*)root, root == 0 ? 0 : (nuint)TRoot.TargetSize, null);
    }
}
