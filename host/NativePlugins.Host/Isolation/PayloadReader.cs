using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Host.Isolation;

/// <summary>Reads what follows a frame's head. Whatever the bytes are, it reads none beyond them.</summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <exception cref="ChannelException">There are not enough bytes left.</exception>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <inheritdoc cref="Int32"/>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    /// <inheritdoc cref="Int32"/>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <inheritdoc cref="Int32"/>
    public bool Flag() => Int32() switch
    {
        0 => false,
        1 => true,
        int other => throw new ChannelException($"a truth value of {other}"),
    };

    /// <inheritdoc cref="Int32"/>
    public string? OptionalText()
    {
        uint length = UInt32();
        return length == PayloadWriter.NoText ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <inheritdoc cref="Int32"/>
    public string Text() => OptionalText() ?? throw new ChannelException("no text, where there must be one");

    /// <inheritdoc cref="Int32"/>
    public ReadOnlySpan<byte> Data() => Take(UInt32());

    /// <summary>The number of items that follow, of which each takes at least 4 bytes.</summary>
    /// <exception cref="ChannelException">So many are not there.</exception>
    public int Count()
    {
        uint count = UInt32();
        return count <= (uint)_left.Length / sizeof(int) ? (int)count : throw new ChannelException($"a list of {count} in {_left.Length} bytes");
    }

    /// <inheritdoc cref="Int32"/>
    public PluginRemoteError? Error() => Flag() ? new PluginRemoteError(Int32(), Text(), Text(), Text()) : null;

    /// <summary>All that is left.</summary>
    public ReadOnlySpan<byte> Rest() => Take((uint)_left.Length);

    /// <exception cref="ChannelException">There are bytes left.</exception>
    public readonly void End()
    {
        if (!_left.IsEmpty)
        {
            throw new ChannelException($"{_left.Length} bytes too many");
        }
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > (uint)_left.Length)
        {
            throw new ChannelException($"{count} bytes of which {_left.Length} are there");
        }

        ReadOnlySpan<byte> taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }
}
