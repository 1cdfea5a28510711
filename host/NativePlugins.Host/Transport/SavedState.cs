using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace NativePlugins.Host.Transport;

/// <summary>A plugin's state between two generations.</summary>
/// <param name="Schema">The name of the schema, in UTF-8.</param>
/// <param name="Version">The version of the schema.</param>
/// <param name="Data">The data that the plugin has handed over.</param>
/// <param name="Checksum">The checksum of the data, computed while they were handed over.</param>
internal sealed record SavedState(byte[] Schema, uint Version, ReadOnlyMemory<byte> Data, uint Checksum)
{
    /// <summary>
    /// Whether the data are still those that the plugin handed over: they lie in its process, where its code has run since the first piece.
    /// </summary>
    public bool IsIntact => Crc32C(0, Data.Span) == Checksum;

    /// <summary>CRC-32C, for which processors have an instruction: a state may be large, and calls wait meanwhile.</summary>
    public static uint Crc32C(uint sum, ReadOnlySpan<byte> data)
    {
        while (data.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[sizeof(ulong)..];
        }

        foreach (byte value in data)
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum;
    }
}

/// <summary>Collects a state piece by piece as it is saved, up to a limit.</summary>
internal class StateBuffer(int limit)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private uint _checksum;

    /// <summary>Whether a piece was refused because it went beyond the limit.</summary>
    public bool IsOverLimit { get; private set; }

    /// <exception cref="InvalidOperationException">The state would exceed the limit.</exception>
    public virtual void Write(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > limit - _bytes.WrittenCount)
        {
            IsOverLimit = true;
            throw new InvalidOperationException();
        }

        _checksum = SavedState.Crc32C(_checksum, piece);
        _bytes.Write(piece);
    }

    public SavedState Complete(byte[] schema, uint version) => new(schema, version, _bytes.WrittenMemory, _checksum);
}
