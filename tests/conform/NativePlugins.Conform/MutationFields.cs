using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Conform;

/// <summary>The fields of a well-formed 64-bit little-endian ELF library, in groups of which each is changed as often as another.</summary>
internal static class MutationFields
{
    /// <summary>The names of the fields of PT_LOAD and of PT_GNU_RELRO begin with these.</summary>
    public const string LoadPrefix = "PT_LOAD, ";

    /// <inheritdoc cref="LoadPrefix"/>
    public const string RelroPrefix = "PT_GNU_RELRO, ";

    private const uint Load = 1;
    private const uint GnuRelro = 0x6474E552;

    public static MutationField[][] Find(byte[] elf)
    {
        Dictionary<string, (int Offset, int Size)> sections = Sections(elf);
        var groups = new List<List<MutationField>>
        {
            Header(elf), ProgramHeaders(elf),
            Dynamic(elf, sections),
            Table(sections, ".gnu.hash", 4, ("word", 0, 4, MutationKind.Structure)),
            Table(sections, ".hash", 4, ("word", 0, 4, MutationKind.Structure)),
            Table(sections, ".dynsym", 24, ("st_name", 0, 4, MutationKind.Structure), ("st_shndx", 6, 2, MutationKind.Structure)),
            Table(sections, ".dynsym", 24, ("st_info", 4, 1, MutationKind.Meaning), ("st_value", 8, 8, MutationKind.Meaning), ("st_size", 16, 8, MutationKind.Meaning)),
            Table(sections, ".gnu.version", 2, ("index", 0, 2, MutationKind.Structure)),
            Table(sections, ".gnu.version_r", 4, ("word", 0, 4, MutationKind.Structure)),
            Table(sections, ".gnu.version_d", 4, ("word", 0, 4, MutationKind.Structure)),
            Table(sections, ".rela.dyn", 24, ("r_info, symbol", 12, 4, MutationKind.Structure)),
            Table(sections, ".rela.plt", 24, ("r_info, symbol", 12, 4, MutationKind.Structure)),
            Table(sections, ".rela.dyn", 24, ("r_offset", 0, 8, MutationKind.Meaning), ("r_info, type", 8, 4, MutationKind.Meaning), ("r_addend", 16, 8, MutationKind.Meaning)),
            Table(sections, ".comment", 1, ("text", 0, 1, MutationKind.Benign)),
            Table(sections, ".shstrtab", 1, ("section name", 0, 1, MutationKind.Benign)),
            Table(sections, ".gnu_debuglink", 1, ("text", 0, 1, MutationKind.Benign)),
        };
        return [.. groups.Where(group => group.Count > 0).Select(group => group.ToArray())];
    }

    public static uint CountSymbols(byte[] elf) =>
        Sections(elf).TryGetValue(".dynsym", out (int Offset, int Size) section) ? (uint)section.Size / 24 : 0;

    /// <summary>The size of the names of all symbols, in bytes.</summary>
    public static uint NamesSize(byte[] elf) =>
        Sections(elf).TryGetValue(".dynstr", out (int Offset, int Size) section) ? (uint)section.Size : 0;

    /// <summary>How many bytes there are from the beginning of PT_GNU_RELRO to the end of the segment that holds it; 0 without one.</summary>
    public static ulong RelroRoom(byte[] elf)
    {
        (uint Type, ulong Address, ulong Size)[] headers =
        [
            .. Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(56)))
                .Select(i => elf.AsMemory((int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(32)) + (i * 56), 56))
                .Select(header => (
                    BinaryPrimitives.ReadUInt32LittleEndian(header.Span), BinaryPrimitives.ReadUInt64LittleEndian(header.Span[16..]),
                    BinaryPrimitives.ReadUInt64LittleEndian(header.Span[40..]))),
        ];
        ulong start = headers.FirstOrDefault(header => header.Type == GnuRelro).Address;
        (_, ulong address, ulong size) = headers.FirstOrDefault(header => header.Type == Load && start >= header.Address && start - header.Address < header.Size);
        return start == 0 ? 0 : address + size - start;
    }

    private static List<MutationField> Header(byte[] elf) =>
    [
        .. Enumerable.Range(0, 7).Select(i => new MutationField(MutationKind.Structure, "e_ident", i, 1)),
        new(MutationKind.Structure, "e_type", 16, 2), new(MutationKind.Structure, "e_machine", 18, 2),
        new(MutationKind.Structure, "e_version", 20, 4), new(MutationKind.Structure, "e_phoff", 32, 8),
        new(MutationKind.Structure, "e_phentsize", 54, 2), new(MutationKind.Structure, "e_phnum", 56, 2),
        new(MutationKind.Benign, "e_entry", 24, 8), new(MutationKind.Benign, "e_shoff", 40, 8), new(MutationKind.Benign, "e_shnum", 60, 2),
        new(MutationKind.Benign, "e_shstrndx", 62, Math.Min(2, elf.Length - 62)),
    ];

    private static List<MutationField> ProgramHeaders(byte[] elf)
    {
        var fields = new List<MutationField>();
        int at = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(32));
        for (int i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(56)); i++, at += 56)
        {
            (string Name, int Offset, int Width)[] members =
                [("p_type", 0, 4), ("p_flags", 4, 4), ("p_offset", 8, 8), ("p_vaddr", 16, 8), ("p_filesz", 32, 8), ("p_memsz", 40, 8), ("p_align", 48, 8)];
            string of = BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at)) switch { Load => LoadPrefix, GnuRelro => RelroPrefix, _ => "" };
            fields.AddRange(members.Select(member => new MutationField(MutationKind.Structure, of + member.Name, at + member.Offset, member.Width)));
        }

        return fields;
    }

    private static List<MutationField> Dynamic(byte[] elf, Dictionary<string, (int Offset, int Size)> sections) =>
    [
        .. Table(sections, ".dynamic", 16, ("d_tag", 0, 8, MutationKind.Structure), ("d_val", 8, 8, MutationKind.Structure)).Select(field =>
            field.Name.EndsWith("d_val", StringComparison.Ordinal) && elf[field.Offset - 8] is (12 or 13) && elf[field.Offset - 5] == 0
                ? field with { Kind = MutationKind.Meaning } // DT_INIT, DT_FINI: the address of code.
                : field.Name.EndsWith("d_val", StringComparison.Ordinal) && elf[field.Offset - 8] is (25 or 26) && elf[field.Offset - 5] == 0
                ? field with { Name = "DT_INIT_ARRAY or DT_FINI_ARRAY" }
                : field),
    ];

    private static List<MutationField> Table(
        Dictionary<string, (int Offset, int Size)> sections, string name, int entrySize, params (string Name, int Offset, int Width, MutationKind Kind)[] members)
    {
        var fields = new List<MutationField>();
        if (sections.TryGetValue(name, out (int Offset, int Size) section))
        {
            for (int at = 0; at + entrySize <= section.Size; at += entrySize)
            {
                fields.AddRange(members.Select(member => new MutationField(member.Kind, $"{name} {member.Name}", section.Offset + at + member.Offset, member.Width)));
            }
        }

        return fields;
    }

    private static Dictionary<string, (int Offset, int Size)> Sections(byte[] elf)
    {
        var sections = new Dictionary<string, (int Offset, int Size)>();
        int start = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(40));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(60));
        int names = OffsetOf(elf, start, BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(62)));
        for (int i = 1; i < count; i++)
        {
            int header = start + (i * 64);
            ReadOnlySpan<byte> name = elf.AsSpan(names + BinaryPrimitives.ReadInt32LittleEndian(elf.AsSpan(header)));
            if (BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(header + 4)) != 8)
            {
                sections.TryAdd(
                    Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]),
                    (OffsetOf(elf, start, i), (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(header + 32))));
            }
        }

        return sections;
    }

    private static int OffsetOf(byte[] elf, int start, int section) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(start + (section * 64) + 24));
}
