using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Host.Heap;

/// <summary>Reads little-endian values one after the other.</summary>
/// <remarks>What would lie behind the end is an <see cref="InvalidDataException"/>.</remarks>
internal ref struct PayloadReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>As wide as this process's pointers: the trace is its own.</summary>
    public ulong Pointer() => nint.Size == 8 ? UInt64() : UInt32();

    public uint VariableUInt32() => (uint)VariableUInt64();

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    public ulong VariableUInt64()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("The trace has a number of more than 64 bits.");
    }

    /// <summary>UTF-16, with a zero at its end.</summary>
    public string Text()
    {
        int length = 0;
        while (length + 1 < _rest.Length && (_rest[length] | _rest[length + 1]) != 0)
        {
            length += 2;
        }

        string text = Encoding.Unicode.GetString(Bytes(length));
        Skip(2);
        return text;
    }

    public void Skip(int count) => Bytes(count);

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new InvalidDataException("An event of the trace ends too early.");
        }

        ReadOnlySpan<byte> read = _rest[..count];
        _rest = _rest[count..];
        return read;
    }
}
