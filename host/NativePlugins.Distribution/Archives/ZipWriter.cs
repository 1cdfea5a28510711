using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace NativePlugins.Distribution.Archives;

/// <summary>
/// Writes an archive of the plain kind that <see cref="ZipDirectory"/> reads. Nothing of the time, the machine or the user gets into it: the
/// same files make the same bytes, with the same version of .NET's compression on the same kind of processor.
/// </summary>
internal sealed class ZipWriter(Stream target)
{
    // 1980-01-01 00:00, the earliest that the format can say.
    private const uint NoTime = 0x00210000;
    private const ushort Version = 20;

    private readonly ArrayBufferWriter<byte> _directory = new();
    private long _offset;
    private int _count;

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        byte[] deflated = Deflate(content);
        bool isSmaller = deflated.Length < content.Length;
        ReadOnlySpan<byte> packed = isSmaller ? deflated : content;
        ushort method = isSmaller ? ZipFormat.Deflated : ZipFormat.Stored;
        uint crc = Crc32.HashToUInt32(content);
        byte[] nameBytes = Encoding.ASCII.GetBytes(name);

        Span<byte> local = stackalloc byte[ZipFormat.LocalSize];
        BinaryPrimitives.WriteUInt32LittleEndian(local, ZipFormat.LocalSignature);
        WriteCommon(local[4..], method, crc, packed.Length, content.Length, nameBytes.Length);

        Span<byte> header = stackalloc byte[ZipFormat.DirectorySize];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, ZipFormat.DirectorySignature);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], Version);
        WriteCommon(header[6..], method, crc, packed.Length, content.Length, nameBytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], checked((uint)_offset));

        Write(local);
        Write(nameBytes);
        Write(packed);
        _directory.Write(header);
        _directory.Write(nameBytes);
        _count++;
    }

    public void Finish()
    {
        Span<byte> end = stackalloc byte[ZipFormat.EndSize];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, ZipFormat.EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)_count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)_count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)_directory.WrittenCount);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], checked((uint)_offset));
        target.Write(_directory.WrittenSpan);
        target.Write(end);
    }

    /// <summary>What both headers say: the version that is needed, flags, method, time, checksum, sizes, lengths.</summary>
    private static void WriteCommon(Span<byte> at, ushort method, uint crc, int packed, int size, int nameLength)
    {
        at[..26].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(at, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(at[4..], method);
        BinaryPrimitives.WriteUInt32LittleEndian(at[6..], NoTime);
        BinaryPrimitives.WriteUInt32LittleEndian(at[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(at[14..], (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(at[18..], (uint)size);
        BinaryPrimitives.WriteUInt16LittleEndian(at[22..], (ushort)nameLength);
    }

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        target.Write(bytes);
        _offset += bytes.Length;
    }
}
