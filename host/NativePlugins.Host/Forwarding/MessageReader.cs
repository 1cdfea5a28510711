using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Host.Forwarding;

/// <summary>Reads a message, and whatever it is, no byte beyond it.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly int Left => _left.Length;

    /// <exception cref="MessageException">There are not enough bytes left.</exception>
    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_left.Length)
        {
            throw new MessageException($"{count} bytes of which {_left.Length} are there");
        }

        ReadOnlySpan<byte> taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }

    /// <inheritdoc cref="Take"/>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <inheritdoc cref="Take"/>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <inheritdoc cref="Take"/>
    public bool Flag() => UInt32() switch
    {
        0 => false,
        1 => true,
        uint other => throw new MessageException($"a truth value of {other}"),
    };

    /// <inheritdoc cref="Take"/>
    public string Text() => Encoding.UTF8.GetString(Take(UInt32()));

    /// <exception cref="MessageException">There are bytes left.</exception>
    public readonly void End()
    {
        if (!_left.IsEmpty)
        {
            throw new MessageException($"{_left.Length} bytes too many");
        }
    }
}

/// <summary>The other side has sent a message that is none.</summary>
/// <param name="found">What it sent, in a few words.</param>
internal sealed class MessageException(string found) : Exception(found);
