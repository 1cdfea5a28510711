using System.Buffers;
using System.Buffers.Binary;

namespace NativePlugins.Host.Forwarding;

/// <summary>The bytes of a call or of its answer, which are used again for the next one. Used by one thread at a time.</summary>
internal sealed class MessageWriter
{
    /// <summary>The most bytes that a message may have. What belongs to it on its way takes a few more.</summary>
    public const int MaxLength = (8 << 20) - 1024;

    // Larger ones are those of the pool.
    private const int FirstLength = 512, KeptLength = 64 * 1024;

    [ThreadStatic]
    private static MessageWriter? t_resting;

    private byte[] _bytes = new byte[FirstLength];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>An empty one. Who calls from within a call gets another one.</summary>
    public static MessageWriter Rent()
    {
        MessageWriter writer = t_resting ?? new MessageWriter();
        t_resting = null;
        return writer;
    }

    /// <summary>Ends its use: on the thread that has rented it, and once.</summary>
    public void Return()
    {
        Clear();
        t_resting = this;
    }

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptLength)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = new byte[FirstLength];
        }
    }

    /// <exception cref="MessageTooLargeException">There is no place for it.</exception>
    public Span<byte> Take(nuint count)
    {
        if (count > (nuint)(MaxLength - Length))
        {
            throw new MessageTooLargeException();
        }

        int start = Length, end = start + (int)count;
        if (end > _bytes.Length)
        {
            Grow(Math.Min(MaxLength, Math.Max(end, 2 * _bytes.Length)));
        }

        Length = end;
        return _bytes.AsSpan(start, (int)count);
    }

    private void Grow(int length)
    {
        byte[] larger = length > KeptLength ? ArrayPool<byte>.Shared.Rent(length) : new byte[length];
        Written.CopyTo(larger);
        byte[] smaller = _bytes;
        _bytes = larger;
        if (smaller.Length > KeptLength)
        {
            ArrayPool<byte>.Shared.Return(smaller);
        }
    }

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take((nuint)bytes.Length));

    /// <summary>Its length, and the text in UTF-8.</summary>
    public void Text(string text)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text);
        UInt32((uint)length);
        System.Text.Encoding.UTF8.GetBytes(text, Take((nuint)length));
    }
}

/// <summary>What a call brings is larger than a message may be.</summary>
internal sealed class MessageTooLargeException() : Exception($"The call brings more than the {MessageWriter.MaxLength} bytes that cross at once to or from an isolated plugin.");
