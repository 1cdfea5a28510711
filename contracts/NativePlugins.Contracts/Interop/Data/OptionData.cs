using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A value or null: a byte that says whether there is one, and the value at its alignment.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct OptionData<T, TData> : IDataShape<T?>
    where T : struct
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => TData.Alignment + TData.Size;

    /// <inheritdoc/>
    public static int Minimum => TData.Alignment + TData.Size;

    /// <inheritdoc/>
    public static int Alignment => TData.Alignment;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T? value, byte* cell)
    {
        new Span<byte>(cell, Size).Clear();
        if (value is { } some)
        {
            *cell = 1;
            TData.Write(arena, some, cell + TData.Alignment);
        }
    }

    /// <inheritdoc/>
    public static T? Read(ref DataReader reader, byte* cell) => *cell == 0 ? null : TData.Read(ref reader, cell + TData.Alignment);
}

/// <summary>A text, list or reference or null: NULL where the pointer is that it begins with.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TData">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct NullableData<T, TData> : IDataShape<T?>
    where T : class
    where TData : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => TData.Size;

    /// <inheritdoc/>
    public static int Minimum => TData.Size;

    /// <inheritdoc/>
    public static int Alignment => TData.Alignment;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T? value, byte* cell)
    {
        if (value is null)
        {
            new Span<byte>(cell, TData.Size).Clear();
        }
        else
        {
            TData.Write(arena, value, cell);
        }
    }

    /// <inheritdoc/>
    public static T? Read(ref DataReader reader, byte* cell)
    {
        // NULL with a length is refused by who reads it.
        bool isNull = *(void**)cell == null && (TData.Size == sizeof(nint) || ((NativeList*)cell)->Count == 0);
        return isNull ? null : TData.Read(ref reader, cell);
    }
}

/// <summary>A pointer to a value; never NULL.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TTarget">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct ReferenceData<T, TTarget> : IDataRoot<T>
    where TTarget : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(nint);

    /// <inheritdoc/>
    public static int Minimum => sizeof(nint);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static int TargetSize => TTarget.Size;

    /// <inheritdoc/>
    public static int TargetMinimum => TTarget.Minimum;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T value, byte* cell)
    {
        ArgumentNullException.ThrowIfNull(arena);
        arena.Descend();
        byte* target = arena.Allocate((nuint)TTarget.Size);
        TTarget.Write(arena, value, target);
        *(byte**)cell = target;
        arena.Ascend();
    }

    /// <inheritdoc/>
    public static T Read(ref DataReader reader, byte* cell)
    {
        byte* target = *(byte**)cell;
        if (target == null)
        {
            reader.Refuse("is NULL");
        }

        reader.Descend();
        T value = TTarget.Read(ref reader, target);
        reader.Ascend();
        return value;
    }
}

/// <summary>A pointer to an object, or NULL.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <typeparam name="TTarget">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct NullableReferenceData<T, TTarget> : IDataRoot<T?>
    where T : class
    where TTarget : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(nint);

    /// <inheritdoc/>
    public static int Minimum => sizeof(nint);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static int TargetSize => TTarget.Size;

    /// <inheritdoc/>
    public static int TargetMinimum => TTarget.Minimum;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T? value, byte* cell) => NullableData<T, ReferenceData<T, TTarget>>.Write(arena, value, cell);

    /// <inheritdoc/>
    public static T? Read(ref DataReader reader, byte* cell) => NullableData<T, ReferenceData<T, TTarget>>.Read(ref reader, cell);
}

/// <summary>A pointer to a value, or NULL.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TTarget">How it lies in memory.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct OptionalReferenceData<T, TTarget> : IDataRoot<T?>
    where T : struct
    where TTarget : IDataShape<T>
{
    /// <inheritdoc/>
    public static int Size => sizeof(nint);

    /// <inheritdoc/>
    public static int Minimum => sizeof(nint);

    /// <inheritdoc/>
    public static int Alignment => sizeof(nint);

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static int TargetSize => TTarget.Size;

    /// <inheritdoc/>
    public static int TargetMinimum => TTarget.Minimum;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T? value, byte* cell)
    {
        *(void**)cell = null;
        if (value is { } some)
        {
            ReferenceData<T, TTarget>.Write(arena, some, cell);
        }
    }

    /// <inheritdoc/>
    public static T? Read(ref DataReader reader, byte* cell) => *(void**)cell == null ? null : ReferenceData<T, TTarget>.Read(ref reader, cell);
}
