using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ImageTool;

/// <summary>A part of a PNG file: length, type, data, checksum. PNG specification, third edition, 5.3.</summary>
/// <param name="Type">Four letters.</param>
/// <param name="Data">Its contents.</param>
internal readonly record struct PngChunk(string Type, ReadOnlyMemory<byte> Data)
{
    private const int Overhead = 12;

    private static readonly SearchValues<byte> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // The fifth bit of the first letter: who does not know the chunk may ignore it.
    public bool IsAncillary => char.IsAsciiLetterLower(Type[0]);

    /// <summary>The chunks of a file, up to and with the one that ends it. Each checksum is right.</summary>
    /// <exception cref="PngException">It is no PNG file, or not all of one.</exception>
    public static IEnumerable<PngChunk> Read(ReadOnlyMemory<byte> file)
    {
        if (!file.Span.StartsWith(Signature))
        {
            throw new PngException(
                $"it should begin with {Convert.ToHexString(Signature)}, and begins with '{Convert.ToHexString(file.Span[..Math.Min(file.Length, Signature.Length)])}'");
        }

        int position = Signature.Length;
        while (true)
        {
            PngChunk chunk = ReadOne(file[position..], position);
            yield return chunk;
            if (chunk.Type == "IEND")
            {
                yield break;
            }

            position += chunk.Data.Length + Overhead;
        }
    }

    public static void Write(Stream stream, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, data.Length);
        Encoding.ASCII.GetBytes(type, head[4..]);
        var sum = new Crc32();
        sum.Append(head[4..]);
        sum.Append(data);
        stream.Write(head);
        stream.Write(data);
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(tail, sum.GetCurrentHashAsUInt32());
        stream.Write(tail);
    }

    private static PngChunk ReadOne(ReadOnlyMemory<byte> rest, int position)
    {
        if (rest.Length < Overhead)
        {
            throw new PngException($"it ends at byte {position + rest.Length}, in the middle of a chunk or before IEND");
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest.Span);
        ReadOnlySpan<byte> type = rest.Span.Slice(4, 4);
        if (type.ContainsAnyExcept(s_letters))
        {
            throw new PngException($"four letters were expected at byte {position + 4}, the type of a chunk, and there is {Convert.ToHexString(type)}");
        }

        var name = Encoding.ASCII.GetString(type);
        if (length > rest.Length - Overhead)
        {
            throw new PngException($"the chunk {name} at byte {position} should have {length} bytes, and there are {rest.Length - Overhead} left");
        }

        ReadOnlyMemory<byte> data = rest.Slice(8, (int)length);
        uint expected = BinaryPrimitives.ReadUInt32BigEndian(rest.Span[(8 + (int)length)..]);
        uint found = Crc32.HashToUInt32(rest.Span.Slice(4, 4 + (int)length));
        return found == expected
            ? new PngChunk(name, data)
            : throw new PngException($"the chunk {name} at byte {position} is damaged: its checksum should be {expected:X8} and is {found:X8}");
    }
}
