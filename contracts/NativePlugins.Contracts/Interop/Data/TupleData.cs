using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A tuple: its items in their order, each at its alignment.</summary>
/// <typeparam name="T1">An item.</typeparam>
/// <typeparam name="TData1">How it lies in memory.</typeparam>
/// <typeparam name="T2">An item.</typeparam>
/// <typeparam name="TData2">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct TupleData<T1, TData1, T2, TData2> : IDataShape<(T1, T2)>
    where TData1 : IDataShape<T1>
    where TData2 : IDataShape<T2>
{
    /// <inheritdoc/>
    public static int Size => DataLayout.Align(Offset2 + TData2.Size, Alignment);

    /// <inheritdoc/>
    public static int Minimum => Size;

    /// <inheritdoc/>
    public static int Alignment => Math.Max(TData1.Alignment, TData2.Alignment);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    private static int Offset2 => DataLayout.Align(TData1.Size, TData2.Alignment);

    /// <inheritdoc/>
    public static void Write(DataArena arena, (T1, T2) value, byte* cell)
    {
        new Span<byte>(cell, Size).Clear();
        TData1.Write(arena, value.Item1, cell);
        TData2.Write(arena, value.Item2, cell + Offset2);
    }

    /// <inheritdoc/>
    public static (T1, T2) Read(ref DataReader reader, byte* cell) =>
        (TData1.Read(ref reader, cell), TData2.Read(ref reader, cell + Offset2));
}

/// <summary>A tuple: its items in their order, each at its alignment.</summary>
/// <typeparam name="T1">An item.</typeparam>
/// <typeparam name="TData1">How it lies in memory.</typeparam>
/// <typeparam name="T2">An item.</typeparam>
/// <typeparam name="TData2">How it lies in memory.</typeparam>
/// <typeparam name="T3">An item.</typeparam>
/// <typeparam name="TData3">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct TupleData<T1, TData1, T2, TData2, T3, TData3> : IDataShape<(T1, T2, T3)>
    where TData1 : IDataShape<T1>
    where TData2 : IDataShape<T2>
    where TData3 : IDataShape<T3>
{
    /// <inheritdoc/>
    public static int Size => DataLayout.Align(Offset3 + TData3.Size, Alignment);

    /// <inheritdoc/>
    public static int Minimum => Size;

    /// <inheritdoc/>
    public static int Alignment => Math.Max(Math.Max(TData1.Alignment, TData2.Alignment), TData3.Alignment);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    private static int Offset2 => DataLayout.Align(TData1.Size, TData2.Alignment);

    private static int Offset3 => DataLayout.Align(Offset2 + TData2.Size, TData3.Alignment);

    /// <inheritdoc/>
    public static void Write(DataArena arena, (T1, T2, T3) value, byte* cell)
    {
        new Span<byte>(cell, Size).Clear();
        TData1.Write(arena, value.Item1, cell);
        TData2.Write(arena, value.Item2, cell + Offset2);
        TData3.Write(arena, value.Item3, cell + Offset3);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3) Read(ref DataReader reader, byte* cell) =>
        (TData1.Read(ref reader, cell),
        TData2.Read(ref reader, cell + Offset2),
        TData3.Read(ref reader, cell + Offset3));
}

/// <summary>A tuple: its items in their order, each at its alignment.</summary>
/// <typeparam name="T1">An item.</typeparam>
/// <typeparam name="TData1">How it lies in memory.</typeparam>
/// <typeparam name="T2">An item.</typeparam>
/// <typeparam name="TData2">How it lies in memory.</typeparam>
/// <typeparam name="T3">An item.</typeparam>
/// <typeparam name="TData3">How it lies in memory.</typeparam>
/// <typeparam name="T4">An item.</typeparam>
/// <typeparam name="TData4">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct TupleData<T1, TData1, T2, TData2, T3, TData3, T4, TData4> : IDataShape<(T1, T2, T3, T4)>
    where TData1 : IDataShape<T1>
    where TData2 : IDataShape<T2>
    where TData3 : IDataShape<T3>
    where TData4 : IDataShape<T4>
{
    /// <inheritdoc/>
    public static int Size => DataLayout.Align(Offset4 + TData4.Size, Alignment);

    /// <inheritdoc/>
    public static int Minimum => Size;

    /// <inheritdoc/>
    public static int Alignment => Math.Max(Math.Max(Math.Max(TData1.Alignment, TData2.Alignment), TData3.Alignment), TData4.Alignment);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    private static int Offset2 => DataLayout.Align(TData1.Size, TData2.Alignment);

    private static int Offset3 => DataLayout.Align(Offset2 + TData2.Size, TData3.Alignment);

    private static int Offset4 => DataLayout.Align(Offset3 + TData3.Size, TData4.Alignment);

    /// <inheritdoc/>
    public static void Write(DataArena arena, (T1, T2, T3, T4) value, byte* cell)
    {
        new Span<byte>(cell, Size).Clear();
        TData1.Write(arena, value.Item1, cell);
        TData2.Write(arena, value.Item2, cell + Offset2);
        TData3.Write(arena, value.Item3, cell + Offset3);
        TData4.Write(arena, value.Item4, cell + Offset4);
    }

    /// <inheritdoc/>
    public static (T1, T2, T3, T4) Read(ref DataReader reader, byte* cell) =>
        (TData1.Read(ref reader, cell),
        TData2.Read(ref reader, cell + Offset2),
        TData3.Read(ref reader, cell + Offset3),
        TData4.Read(ref reader, cell + Offset4));
}

/// <summary>An entry of a dictionary: its items in their order, each at its alignment.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TKeyData">How it lies in memory.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TValueData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct PairData<TKey, TKeyData, TValue, TValueData> : IDataShape<KeyValuePair<TKey, TValue>>
    where TKeyData : IDataShape<TKey>
    where TValueData : IDataShape<TValue>
{
    /// <inheritdoc/>
    public static int Size => DataLayout.Align(Offset2 + TValueData.Size, Alignment);

    /// <inheritdoc/>
    public static int Minimum => Size;

    /// <inheritdoc/>
    public static int Alignment => Math.Max(TKeyData.Alignment, TValueData.Alignment);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    private static int Offset2 => DataLayout.Align(TKeyData.Size, TValueData.Alignment);

    /// <inheritdoc/>
    public static void Write(DataArena arena, KeyValuePair<TKey, TValue> value, byte* cell)
    {
        new Span<byte>(cell, Size).Clear();
        TKeyData.Write(arena, value.Key, cell);
        TValueData.Write(arena, value.Value, cell + Offset2);
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref DataReader reader, byte* cell) =>
        new(TKeyData.Read(ref reader, cell), TValueData.Read(ref reader, cell + Offset2));
}

/// <summary>Where the parts of a struct in C are.</summary>
internal static class DataLayout
{
    public static int Align(int offset, int alignment) => (offset + alignment - 1) & -alignment;
}
