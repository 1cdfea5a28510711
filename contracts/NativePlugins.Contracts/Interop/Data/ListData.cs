using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>An array: a pointer and a number of elements.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ArrayData<T, TData> : IDataShape<T[]>
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Minimum => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T[] value, byte* cell) =>
        DataList.Write<T, TData>(arena, DataNull.Require(value), value, cell);

    /// <inheritdoc/>
    public static T[] Read(ref DataReader reader, byte* cell) => DataList.Read<T, TData>(ref reader, cell);
}

/// <summary>A list, as an array.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ListData<T, TData> : IDataShape<List<T>>
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Minimum => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, List<T> value, byte* cell) =>
        DataList.Write<T, TData>(arena, CollectionsMarshal.AsSpan(DataNull.Require(value)), null, cell);

    /// <inheritdoc/>
    public static List<T> Read(ref DataReader reader, byte* cell)
    {
        T[] items = DataList.Read<T, TData>(ref reader, cell);
        var list = new List<T>(items.Length);
        CollectionsMarshal.SetCount(list, items.Length);
        items.CopyTo(CollectionsMarshal.AsSpan(list));
        return list;
    }
}

/// <summary>A list that is read, as an array.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ReadOnlyListData<T, TData> : IDataShape<IReadOnlyList<T>>
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Minimum => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, IReadOnlyList<T> value, byte* cell) => DataList.WriteItems<T, TData>(arena, DataNull.Require(value), value.Count, cell);

    /// <inheritdoc/>
    public static IReadOnlyList<T> Read(ref DataReader reader, byte* cell) => DataList.Read<T, TData>(ref reader, cell);
}

/// <summary>An immutable array, as an array; one that is default is empty.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ImmutableArrayData<T, TData> : IDataShape<ImmutableArray<T>>
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Minimum => sizeof(NativeList);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, ImmutableArray<T> value, byte* cell) =>
        DataList.Write<T, TData>(arena, value.IsDefault ? [] : value.AsSpan(), ImmutableCollectionsMarshal.AsArray(value), cell);

    /// <inheritdoc/>
    public static ImmutableArray<T> Read(ref DataReader reader, byte* cell) =>
        ImmutableCollectionsMarshal.AsImmutableArray(DataList.Read<T, TData>(ref reader, cell));
}
