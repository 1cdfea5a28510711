using System.Buffers.Binary;

namespace NativePlugins.Tests;

/// <summary>Finds and changes entries of the dynamic section of a 64-bit little-endian ELF library.</summary>
internal static class DynamicSection
{
    public const ulong Needed = 1;
    public const ulong PltRelocationsSize = 2;
    public const ulong StringsSize = 10;
    public const ulong GnuHash = 0x6FFFFEF5;

    private const ulong Null = 0;
    private const uint Load = 1;
    private const uint Dynamic = 2;

    public static ulong ValueOf(byte[] elf, ulong tag) => BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(EntryOf(elf, tag) + 8));

    public static void SetValue(byte[] elf, ulong tag, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(EntryOf(elf, tag) + 8), value);

    /// <summary>Writes over the first of the spare entries at its end.</summary>
    public static void Append(byte[] elf, ulong tag, ulong value)
    {
        int at = EntryOf(elf, Null);
        BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(at), tag);
        BinaryPrimitives.WriteUInt64LittleEndian(elf.AsSpan(at + 8), value);
    }

    /// <summary>Where in the file an address comes from.</summary>
    public static int OffsetOf(byte[] elf, ulong address)
    {
        foreach ((uint type, int offset, ulong start, ulong size) in Segments(elf))
        {
            if (type == Load && address >= start && address - start < size)
            {
                return offset + (int)(address - start);
            }
        }

        throw new InvalidOperationException($"0x{address:X} is in no segment");
    }

    private static int EntryOf(byte[] elf, ulong tag)
    {
        int at = Segments(elf).Single(segment => segment.Type == Dynamic).Offset;
        for (; BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at)) is var found && found != tag; at += 16)
        {
            if (found == Null)
            {
                throw new InvalidOperationException($"there is no tag {tag}");
            }
        }

        return at;
    }

    private static IEnumerable<(uint Type, int Offset, ulong Address, ulong Size)> Segments(byte[] elf)
    {
        int at = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(32));
        for (int i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(56)); i++, at += 56)
        {
            yield return (
                BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at)),
                (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at + 8)),
                BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at + 16)),
                BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at + 32)));
        }
    }
}
