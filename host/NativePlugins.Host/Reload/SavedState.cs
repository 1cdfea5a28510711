using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace NativePlugins.Host;

/// <summary>A plugin's state between two generations, with a checksum over all of it.</summary>
internal sealed class SavedState
{
    private readonly uint _checksum;

    public SavedState(byte[] schema, uint version, ReadOnlyMemory<byte> data)
    {
        Schema = schema;
        Version = version;
        Data = data;
        _checksum = Checksum();
    }

    /// <summary>UTF-8.</summary>
    public byte[] Schema { get; }

    public uint Version { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Whether it is as it was saved: the bytes lie in a process in which plugins run.</summary>
    public bool IsIntact => Checksum() == _checksum;

    private uint Checksum() => Add(Add(Version, Schema), Data.Span);

    /// <summary>CRC-32C, for which processors have an instruction: a state may be large, and calls wait for it.</summary>
    private static uint Add(uint sum, ReadOnlySpan<byte> data)
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

/// <summary>Collects a state as it is saved, up to a limit.</summary>
internal sealed class StateBuffer(int limit)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>Whether a piece was refused because it went beyond the limit.</summary>
    public bool IsOverLimit { get; private set; }

    /// <exception cref="InvalidOperationException">It is too much.</exception>
    public void Write(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > limit - _bytes.WrittenCount)
        {
            IsOverLimit = true;
            throw new InvalidOperationException();
        }

        _bytes.Write(piece);
    }
}
