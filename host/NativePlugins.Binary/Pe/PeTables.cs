using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Pe;

/// <summary>Reads what a PE file has at an address once it is mapped: PE Format, "Section Table".</summary>
internal sealed class PeTables(BinaryFile file, PEHeaders headers)
{
    private const int MaxText = 4096;
    private const int MaxTexts = 8 << 20;

    private int _texts;

    public BinaryFile File => file;

    public PEHeader Header => headers.PEHeader!;

    public bool Is64 => Header.Magic == PEMagic.PE32Plus;

    /// <summary>A text that ends with NUL.</summary>
    public string ReadText(uint address, string what)
    {
        (ulong offset, ulong available) = Map(address, 1, what);
        Span<byte> bytes = stackalloc byte[MaxText];
        for (int length = 64; length <= MaxText; length *= 8)
        {
            Span<byte> text = bytes[..(int)Math.Min((ulong)length, available)];
            file.Read(offset, text, what);
            int end = text.IndexOf((byte)0);
            if (end >= 0)
            {
                _texts += end;
                if (_texts > MaxTexts)
                {
                    throw file.Malformed("names", $"at most {MaxTexts:N0} bytes of them", "more");
                }

                return Encoding.UTF8.GetString(text[..end]);
            }
        }

        throw file.Malformed(what, $"a text of at most {MaxText:N0} bytes, ended by NUL", "none");
    }

    public byte[] ReadRange(uint address, uint length, string what)
    {
        (ulong offset, _) = Map(address, length, what);
        byte[] bytes = new byte[length];
        file.Read(offset, bytes, what);
        return bytes;
    }

    public static uint U32(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    public static ushort U16(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    /// <summary>The file offset of an address, and how many bytes follow there in the same piece.</summary>
    private (ulong Offset, ulong Available) Map(uint address, uint length, string what)
    {
        foreach (SectionHeader section in headers.SectionHeaders)
        {
            uint start = (uint)section.VirtualAddress;
            uint size = (uint)section.SizeOfRawData;
            ulong offset = (uint)section.PointerToRawData + (ulong)(address - start);
            if (address >= start && address - start < size && length <= size - (address - start)
                && offset <= file.Size && length <= file.Size - offset)
            {
                return (offset, Math.Min(size - (address - start), file.Size - offset));
            }
        }

        // The headers are mapped at the start of the image.
        uint headersSize = (uint)Math.Min((ulong)(uint)Header.SizeOfHeaders, file.Size);
        return address < headersSize && length <= headersSize - address
            ? (address, headersSize - address)
            : throw file.Malformed(what, "an address in one of the sections", $"0x{address:X}, {length:N0} bytes");
    }
}
