using System.Buffers.Binary;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.MachO;

/// <summary>The part of a Mach-O file for one architecture. A thin file is a single part.</summary>
internal readonly record struct MachOSlice(ulong Offset, ulong Size)
{
    /// <summary>The parts of a universal file (mach-o/fat.h), or a thin file as its only part.</summary>
    public static List<MachOSlice> ReadAll(BinaryFile file)
    {
        ReadOnlySpan<byte> head = file.Head;
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (magic is not (0xCAFEBABE or 0xCAFEBABF))
        {
            return [new MachOSlice(0, file.Size)];
        }

        bool is64 = magic == 0xCAFEBABF;
        int entrySize = is64 ? 32 : 20;
        int count = (int)BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        ReadOnlySpan<byte> table = file.ReadTable(8, (ulong)(count * entrySize), "the list of architectures").Span;
        var slices = new List<MachOSlice>(count);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = table.Slice(i * entrySize, entrySize);
            ulong offset = is64 ? BinaryPrimitives.ReadUInt64BigEndian(entry[8..]) : BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
            ulong size = is64 ? BinaryPrimitives.ReadUInt64BigEndian(entry[16..]) : BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
            if (offset > file.Size || size > file.Size - offset)
            {
                throw FileFailures.TooShort(file.Path, $"architecture {i}", offset > ulong.MaxValue - size ? ulong.MaxValue : offset + size, file.Size).ToException();
            }

            slices.Add(new MachOSlice(offset, size));
        }

        return slices;
    }

    /// <summary>Reads a table of the part, at an offset from the start of the part.</summary>
    public ReadOnlyMemory<byte> ReadTable(BinaryFile file, ulong offset, ulong length, string what)
    {
        if (offset > Size || length > Size - offset)
        {
            throw FileFailures.TooShort(file.Path, what, offset > ulong.MaxValue - length ? ulong.MaxValue : offset + length, Size).ToException();
        }

        return file.ReadTable(Offset + offset, length, what);
    }
}
