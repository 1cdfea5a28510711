using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A set, as an array; elements that are there twice count once.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct SetData<T, TData> : IDataShape<HashSet<T>>
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
    public static void Write(DataArena arena, HashSet<T> value, byte* cell) => DataList.WriteItems<T, TData>(arena, DataNull.Require(value), value.Count, cell);

    /// <inheritdoc/>
    public static HashSet<T> Read(ref DataReader reader, byte* cell) => [.. DataList.Read<T, TData>(ref reader, cell)];
}

/// <summary>A set that is read, as an array; elements that are there twice count once.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ReadOnlySetData<T, TData> : IDataShape<IReadOnlySet<T>>
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
    public static void Write(DataArena arena, IReadOnlySet<T> value, byte* cell) => DataList.WriteItems<T, TData>(arena, DataNull.Require(value), value.Count, cell);

    /// <inheritdoc/>
    public static IReadOnlySet<T> Read(ref DataReader reader, byte* cell) => SetData<T, TData>.Read(ref reader, cell);
}

/// <summary>A dictionary, as an array of pairs of a key and a value.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TKeyData">How a key lies in memory.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TValueData">How a value lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct DictionaryData<TKey, TKeyData, TValue, TValueData> : IDataShape<Dictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyData : IDataShape<TKey>
    where TValueData : IDataShape<TValue>
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
    public static void Write(DataArena arena, Dictionary<TKey, TValue> value, byte* cell) =>
        DataList.WriteItems<KeyValuePair<TKey, TValue>, PairData<TKey, TKeyData, TValue, TValueData>>(arena, DataNull.Require(value), value.Count, cell);

    /// <inheritdoc/>
    public static Dictionary<TKey, TValue> Read(ref DataReader reader, byte* cell)
    {
        KeyValuePair<TKey, TValue>[] pairs = DataList.Read<KeyValuePair<TKey, TValue>, PairData<TKey, TKeyData, TValue, TValueData>>(ref reader, cell);
        var dictionary = new Dictionary<TKey, TValue>(pairs.Length);
        foreach ((TKey key, TValue value) in pairs)
        {
            if (!dictionary.TryAdd(key, value))
            {
                reader.Refuse("is a dictionary in which one key is there twice");
            }
        }

        return dictionary;
    }
}

/// <summary>A dictionary that is read, as an array of pairs of a key and a value.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TKeyData">How a key lies in memory.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <typeparam name="TValueData">How a value lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ReadOnlyDictionaryData<TKey, TKeyData, TValue, TValueData> : IDataShape<IReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyData : IDataShape<TKey>
    where TValueData : IDataShape<TValue>
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
    public static void Write(DataArena arena, IReadOnlyDictionary<TKey, TValue> value, byte* cell) =>
        DataList.WriteItems<KeyValuePair<TKey, TValue>, PairData<TKey, TKeyData, TValue, TValueData>>(arena, DataNull.Require(value), value.Count, cell);

    /// <inheritdoc/>
    public static IReadOnlyDictionary<TKey, TValue> Read(ref DataReader reader, byte* cell) =>
        DictionaryData<TKey, TKeyData, TValue, TValueData>.Read(ref reader, cell);
}
