using System.Buffers.Binary;

namespace NativePlugins.Host.Forwarding;

/// <summary>The bytes of a call or of its answer, which are used again for the next one. Used by one thread at a time.</summary>
internal sealed class MessageWriter
{
    /// <summary>The most bytes that a message may have. What belongs to it on its way takes a few more.</summary>
    public const int MaxLength = (8 << 20) - 1024;

    private const int KeptLength = 64 * 1024;

    private byte[] _bytes = new byte[512];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptLength)
        {
            _bytes = new byte[512];
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
            Array.Resize(ref _bytes, Math.Min(MaxLength, Math.Max(end, 2 * _bytes.Length)));
        }

        Length = end;
        return _bytes.AsSpan(start, (int)count);
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
