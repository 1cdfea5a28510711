using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A Guid: np_uuid, 16 bytes in the order of RFC 9562.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct GuidData : IDataShape<Guid>
{
    /// <inheritdoc/>
    public static int Size => 16;

    /// <inheritdoc/>
    public static int Minimum => 16;

    /// <inheritdoc/>
    public static int Alignment => 1;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, Guid value, byte* cell) => value.TryWriteBytes(new Span<byte>(cell, 16), bigEndian: true, out _);

    /// <inheritdoc/>
    public static Guid Read(ref DataReader reader, byte* cell) => new(new ReadOnlySpan<byte>(cell, 16), bigEndian: true);
}

/// <summary>A decimal: np_decimal, 96 bits, scale and sign.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct DecimalData : IDataShape<decimal>
{
    private const int MaxScale = 28;

    /// <inheritdoc/>
    public static int Size => 16;

    /// <inheritdoc/>
    public static int Minimum => 16;

    /// <inheritdoc/>
    public static int Alignment => 4;

    /// <inheritdoc/>
    public static bool IsPlain => false;

    /// <inheritdoc/>
    public static void Write(DataArena arena, decimal value, byte* cell)
    {
        // Bits 16 to 23 of the fourth are the scale, bit 31 is the sign.
        _ = decimal.GetBits(value, new Span<int>(cell, 4));
        int flags = *(int*)(cell + 12);
        *(int*)(cell + 12) = 0;
        cell[12] = (byte)(flags >> 16);
        cell[13] = flags < 0 ? (byte)1 : (byte)0;
    }

    /// <inheritdoc/>
    public static decimal Read(ref DataReader reader, byte* cell)
    {
        if (cell[12] > MaxScale)
        {
            reader.Refuse($"is a decimal of scale {cell[12]}; 28 at most is possible");
        }

        return new decimal(*(int*)cell, *(int*)(cell + 4), *(int*)(cell + 8), cell[13] != 0, cell[12]);
    }
}
