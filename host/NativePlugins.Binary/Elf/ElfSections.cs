using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>One section header.</summary>
internal readonly record struct ElfSection(uint Name, uint Type, ulong Address, ulong Offset, ulong Size, ulong EntrySize);

/// <summary>
/// The section headers, which the system's loader does not read and a file need not have: gABI, chapter 4, "Sections". Headers that are not
/// well-formed count as absent.
/// </summary>
internal static class ElfSections
{
    private const uint Rela = 4;            // SHT_RELA
    private const uint Rel = 9;             // SHT_REL
    private const uint DynamicSymbols = 11; // SHT_DYNSYM
    private const uint NoBits = 8;          // SHT_NOBITS
    private const ulong MaxNames = 1 << 20;

    /// <summary>
    /// The number of dynamic symbols by the section headers, or 0. DT_GNU_HASH does not tell the number for a library that exports nothing.
    /// </summary>
    public static uint CountSymbols(BinaryFile file, in ElfHeader header, ElfDynamic dynamic)
    {
        ulong size = (ulong)header.Data.SymbolSize;
        foreach (ElfSection section in ReadHeaders(file, header))
        {
            if (section.Type == DynamicSymbols && section.Address == dynamic.Find(ElfTag.Symbols) && section.EntrySize == size
                && section.Offset <= file.Size && section.Size <= file.Size - section.Offset)
            {
                return (uint)(section.Size / size);
            }
        }

        return 0;
    }

    /// <summary>The size of the section of relocations that is loaded at an address, in bytes, or 0.</summary>
    public static ulong SizeOfRelocations(BinaryFile file, in ElfHeader header, ulong address)
    {
        foreach (ElfSection section in ReadHeaders(file, header))
        {
            if (section.Type is Rela or Rel && section.Address == address && section.Size <= file.Size)
            {
                return section.Size;
            }
        }

        return 0;
    }

    /// <summary>The sections by name. Of several with one name, the first.</summary>
    public static Dictionary<string, ElfSection> Read(BinaryFile file, in ElfHeader header)
    {
        var sections = new Dictionary<string, ElfSection>();
        List<ElfSection> all = ReadHeaders(file, header);
        if (header.SectionNamesIndex >= all.Count || all[header.SectionNamesIndex] is not { Size: > 0 and <= MaxNames } table
            || table.Offset > file.Size || table.Size > file.Size - table.Offset)
        {
            return sections;
        }

        ReadOnlySpan<byte> names = file.ReadTable(table.Offset, table.Size, "the sections' names").Span;
        foreach (ElfSection section in all)
        {
            ReadOnlySpan<byte> name = section.Name < (uint)names.Length ? names[(int)section.Name..] : default;
            int end = name.IndexOf((byte)0);
            if (end is > 0 and < 64)
            {
                sections.TryAdd(Encoding.UTF8.GetString(name[..end]), section);
            }
        }

        return sections;
    }

    /// <summary>A section's bytes, at most <paramref name="limit"/> of them; empty if the section has none in the file.</summary>
    public static ReadOnlyMemory<byte> ReadBytes(BinaryFile file, in ElfSection section, ulong limit) =>
        section.Type == NoBits || section.Offset > file.Size
            ? default
            : file.ReadTable(section.Offset, Math.Min(Math.Min(section.Size, limit), file.Size - section.Offset), "a section");

    /// <summary>Whether some bytes occur in the first <paramref name="limit"/> bytes of a section.</summary>
    public static bool Contains(BinaryFile file, in ElfSection section, ulong limit, ReadOnlySpan<byte> wanted) =>
        section.Type != NoBits && section.Offset <= file.Size
            && file.Contains(section.Offset, Math.Min(Math.Min(section.Size, limit), file.Size - section.Offset), wanted, "a section");

    private static List<ElfSection> ReadHeaders(BinaryFile file, in ElfHeader header)
    {
        var sections = new List<ElfSection>();
        ElfData data = header.Data;
        int entrySize = data.Is64 ? 64 : 40;
        ulong length = (ulong)header.SectionHeaderCount * (ulong)entrySize;
        if (header.SectionHeaderSize != entrySize || header.SectionHeadersOffset > file.Size
            || length > file.Size - header.SectionHeadersOffset)
        {
            return sections;
        }

        ReadOnlySpan<byte> table = file.ReadTable(header.SectionHeadersOffset, length, "the section headers").Span;
        for (int at = 0; at < table.Length; at += entrySize)
        {
            ReadOnlySpan<byte> entry = table.Slice(at, entrySize);
            sections.Add(data.Is64
                ? new(data.U32(entry, 0), data.U32(entry, 4), data.U64(entry, 16), data.U64(entry, 24), data.U64(entry, 32), data.U64(entry, 56))
                : new(data.U32(entry, 0), data.U32(entry, 4), data.U32(entry, 12), data.U32(entry, 16), data.U32(entry, 20), data.U32(entry, 36)));
        }

        return sections;
    }
}
