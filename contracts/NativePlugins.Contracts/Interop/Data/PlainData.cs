using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>A number, an enum, a struct of them, char, Half and the like: as it lies in memory.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TAlignment">A number of the size of its alignment.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct PlainData<T, TAlignment> : IDataShape<T>
    where T : unmanaged
    where TAlignment : unmanaged
{
    /// <inheritdoc/>
    public static int Size => sizeof(T);

    /// <inheritdoc/>
    public static int Minimum => sizeof(T);

    /// <inheritdoc/>
    public static int Alignment => sizeof(TAlignment);

    /// <inheritdoc/>
    public static bool IsPlain => true;

    /// <inheritdoc/>
    public static void Write(DataArena arena, T value, byte* cell) => Unsafe.WriteUnaligned(cell, value);

    /// <inheritdoc/>
    public static T Read(ref DataReader reader, byte* cell) => Unsafe.ReadUnaligned<T>(cell);
}

/// <summary>A bool: one byte, 0 or 1; what is not 0 is true.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct BoolData : IDataShape<bool>
{
    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public static int Minimum => 1;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, bool value, byte* cell) => *cell = value ? (byte)1 : (byte)0;

    /// <inheritdoc/>
    public static bool Read(ref DataReader reader, byte* cell) => *cell != 0;
}
