using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>The dynamic section, which the system's loader follows. Checks that its tables lie in what the loader maps.</summary>
internal sealed class ElfDynamic
{
    private const ulong PositionIndependentExecutable = 0x08000000; // DF_1_PIE
    private const ulong NoDefaultLibraries = 0x800;                 // DF_1_NODEFLIB
    private const ulong NotOpenable = 0x40;                         // DF_1_NOOPEN
    private const ulong StaticTls = 0x10;                           // DF_STATIC_TLS
    private const ulong MaxSize = 1 << 20;
    private const int MaxString = 1 << 20; // Spack and Nix write a DT_RUNPATH of many thousand bytes.
    private const int UsualString = 512;
    private const int MaxLibraries = 4096;

    private readonly BinaryFile _file;
    private readonly ElfSegments _segments;
    private readonly List<(ElfTag Tag, ulong Value)> _entries = [];
    private ulong _stringsOffset;
    private ulong _stringsSize;

    private ElfDynamic(BinaryFile file, ElfSegments segments)
    {
        _file = file;
        _segments = segments;
    }

    public bool IsPositionIndependentExecutable => ((Find(ElfTag.Flags1) ?? 0) & PositionIndependentExecutable) != 0;

    public bool IgnoresDefaultDirectories => ((Find(ElfTag.Flags1) ?? 0) & NoDefaultLibraries) != 0;

    public bool ForbidsOpening => ((Find(ElfTag.Flags1) ?? 0) & NotOpenable) != 0;

    public bool WantsStaticTls => ((Find(ElfTag.Flags) ?? 0) & StaticTls) != 0;

    /// <summary>Whether all functions are bound at loading, and not at their first call.</summary>
    public bool BindsNow => Find(ElfTag.BindNow) is not null || ((Find(ElfTag.Flags) ?? 0) & 8) != 0 || ((Find(ElfTag.Flags1) ?? 0) & 1) != 0;

    public bool HasTextRelocations => Find(ElfTag.TextRelocations) is not null || ((Find(ElfTag.Flags) ?? 0) & 4) != 0;

    /// <summary>The string table's place in the file; <see cref="Check"/> finds it.</summary>
    public (ulong Offset, ulong Size) Strings => (_stringsOffset, _stringsSize);

    public static ElfDynamic Read(BinaryFile file, ElfData data, ElfSegments segments)
    {
        ElfSegment segment = segments.Dynamic ?? throw file.Malformed("PT_DYNAMIC", "a dynamic section", "none");
        if (segment.FileSize > MaxSize)
        {
            throw file.Malformed("PT_DYNAMIC, p_filesz", $"at most {MaxSize:N0} bytes", $"{segment.FileSize:N0}");
        }

        ReadOnlySpan<byte> table = file.ReadTable(segment.Offset, segment.FileSize, "the dynamic section").Span;
        var dynamic = new ElfDynamic(file, segments);
        int entrySize = data.WordSize * 2;
        for (int i = 0; i <= table.Length - entrySize; i += entrySize)
        {
            var tag = (ElfTag)(data.Is64 ? (long)data.U64(table, i) : data.U32(table, i));
            if (tag == ElfTag.Null)
            {
                return dynamic;
            }

            dynamic._entries.Add((tag, data.Word(table, i + data.WordSize)));
        }

        throw file.Malformed("PT_DYNAMIC", "DT_NULL at its end", $"none in {table.Length:N0} bytes");
    }

    /// <summary>If a tag occurs several times, the last one counts, as it does for the loader.</summary>
    public ulong? Find(ElfTag tag)
    {
        for (int i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Tag == tag)
            {
                return _entries[i].Value;
            }
        }

        return null;
    }

    /// <summary>Checks every table that the loader would follow blindly.</summary>
    public void Check(ElfData data)
    {
        ElfSegment segment = _segments.Dynamic!.Value;
        if (!_segments.TryMap(segment.Address, segment.FileSize, out ulong mapped) || mapped != segment.Offset)
        {
            throw _file.Malformed("PT_DYNAMIC, p_vaddr", $"the address of file offset 0x{segment.Offset:X}", $"0x{segment.Address:X}");
        }

        ulong strings = Require(ElfTag.Strings, "DT_STRTAB");
        _stringsSize = Require(ElfTag.StringsSize, "DT_STRSZ");
        _stringsOffset = Map(strings, _stringsSize, "DT_STRTAB, DT_STRSZ");
        ulong symbols = Require(ElfTag.Symbols, "DT_SYMTAB");
        Map(symbols, (ulong)data.SymbolSize, "DT_SYMTAB");
        CheckAligned("DT_SYMTAB", symbols, (ulong)data.WordSize);
        CheckEquals("DT_SYMENT", Require(ElfTag.SymbolEntry, "DT_SYMENT"), (ulong)data.SymbolSize);

        ulong word = (ulong)data.WordSize;
        CheckTable("DT_RELA", ElfTag.Rela, ElfTag.RelaSize, ElfTag.RelaEntry, word * 3);
        CheckTable("DT_REL", ElfTag.Rel, ElfTag.RelSize, ElfTag.RelEntry, word * 2);
        CheckTable("DT_RELR", ElfTag.Relr, ElfTag.RelrSize, ElfTag.RelrEntry, word);
        CheckTable("DT_JMPREL", ElfTag.PltRelocations, ElfTag.PltRelocationsSize, null, 0);
        CheckAligned("DT_RELA", Find(ElfTag.Rela) ?? 0, word);
        CheckAligned("DT_REL", Find(ElfTag.Rel) ?? 0, word);
        CheckAligned("DT_RELR", Find(ElfTag.Relr) ?? 0, word);
        CheckAligned("DT_JMPREL", Find(ElfTag.PltRelocations) ?? 0, word);
        if (Find(ElfTag.PltRelocations) is not null)
        {
            Require(ElfTag.PltRelocationsKind, "DT_PLTREL");
            if (Find(ElfTag.PltRelocationsSize) == 0)
            {
                // Without relocations linkers leave out both. Here the functions that constructors call would be null pointers.
                throw _file.Malformed("DT_PLTRELSZ", "at least one relocation, as there is DT_JMPREL", "0");
            }
        }

        if (Find(ElfTag.PltRelocationsKind) is { } kind && kind != (ulong)ElfTag.Rela && kind != (ulong)ElfTag.Rel)
        {
            throw _file.Malformed("DT_PLTREL", "DT_RELA (7) or DT_REL (17)", $"{kind}");
        }

        CheckApart(Find(ElfTag.Rela), Find(ElfTag.RelaSize));
        CheckApart(Find(ElfTag.Rel), Find(ElfTag.RelSize));
        CheckTable("DT_INIT_ARRAY", ElfTag.InitArray, ElfTag.InitArraySize, null, 0);
        CheckTable("DT_FINI_ARRAY", ElfTag.FiniArray, ElfTag.FiniArraySize, null, 0);
        CheckCode("DT_INIT", ElfTag.Init);
        CheckCode("DT_FINI", ElfTag.Fini);
    }

    public string? FindString(ElfTag tag, string field) => Find(tag) is { } offset ? ReadText(offset, field) : null;

    public List<string> ReadNeeded()
    {
        var needed = new List<string>();
        foreach ((ElfTag tag, ulong value) in _entries)
        {
            if (tag == ElfTag.Needed)
            {
                if (needed.Count == MaxLibraries)
                {
                    throw _file.Malformed("DT_NEEDED", $"at most {MaxLibraries:N0} libraries", "more");
                }

                needed.Add(ReadText(value, "DT_NEEDED"));
            }
        }

        return needed;
    }

    /// <summary>
    /// DT_FILTER and DT_AUXILIARY: libraries whose definitions come before this library's own. Those of DT_AUXILIARY may be missing.
    /// </summary>
    public List<ElfFilter> ReadFilters()
    {
        var filters = new List<ElfFilter>();
        foreach ((ElfTag tag, ulong value) in _entries)
        {
            if (tag is ElfTag.Filter or ElfTag.Auxiliary)
            {
                if (filters.Count == MaxLibraries)
                {
                    throw _file.Malformed("DT_FILTER, DT_AUXILIARY", $"at most {MaxLibraries:N0} libraries", "more");
                }

                filters.Add(new ElfFilter(ReadText(value, "DT_FILTER or DT_AUXILIARY"), tag == ElfTag.Auxiliary));
            }
        }

        return filters;
    }

    /// <summary>A text of the string table.</summary>
    public string ReadText(ulong offset, string field)
    {
        if (offset >= _stringsSize)
        {
            throw _file.Malformed(field, $"an offset below DT_STRSZ, {_stringsSize:N0}", $"{offset:N0}");
        }

        Span<byte> buffer = stackalloc byte[UsualString];
        ulong available = Math.Min(_stringsSize - offset, MaxString);
        for (int length = 64; ; length *= 8)
        {
            if (length > buffer.Length)
            {
                buffer = new byte[Math.Min((ulong)length, available)];
            }

            Span<byte> text = buffer[..(int)Math.Min((ulong)length, available)];
            _file.Read(_stringsOffset + offset, text, field);
            int end = text.IndexOf((byte)0);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(text[..end]);
            }

            if ((ulong)text.Length == available)
            {
                throw _file.Malformed(field, $"a text of at most {available:N0} bytes, ended by NUL", "none");
            }
        }
    }

    private ulong Require(ElfTag tag, string field) =>
        Find(tag) ?? throw _file.Malformed(field, "an entry of the dynamic section", "none");

    private ulong Map(ulong address, ulong length, string field) =>
        _segments.TryMap(address, length, out ulong offset)
            ? offset
            : throw _file.Malformed(field, "a range within one loaded segment", $"address 0x{address:X}, {length:N0} bytes");

    private void CheckEquals(string field, ulong value, ulong expected)
    {
        if (value != expected)
        {
            throw _file.Malformed(field, $"{expected}", $"{value}");
        }
    }

    /// <summary>
    /// DT_JMPREL lies apart from the other relocations, or is the last part of them: glibc, elf/dynamic-link.h, "ELF_DYNAMIC_DO_RELOC".
    /// </summary>
    private void CheckApart(ulong? table, ulong? size)
    {
        if (table is not { } start || size is not { } length || Find(ElfTag.PltRelocations) is not { } plt || Find(ElfTag.PltRelocationsSize) is not { } pltLength)
        {
            return;
        }

        bool overlaps = plt < start + length && start < plt + pltLength;
        if (overlaps && plt + pltLength != start + length)
        {
            throw _file.Malformed("DT_JMPREL", $"a table apart from 0x{start:X} to 0x{start + length:X}, or its end", $"0x{plt:X} to 0x{plt + pltLength:X}");
        }
    }

    private void CheckAligned(string field, ulong address, ulong word)
    {
        if (address % word != 0)
        {
            throw _file.Malformed(field, $"a multiple of {word}", $"0x{address:X}");
        }
    }

    /// <summary>If there is a table, the loader takes its size and the size of its entries for granted.</summary>
    private void CheckTable(string field, ElfTag table, ElfTag size, ElfTag? entry, ulong entrySize)
    {
        CheckOnce(field, table);
        CheckOnce(table == ElfTag.PltRelocations ? "DT_PLTRELSZ" : field + "SZ", size);
        if (Find(table) is not { } address)
        {
            // There is a size but no table: nothing would be relocated, and constructors would follow wild pointers.
            if (Find(size) is { } orphan and not 0)
            {
                throw _file.Malformed(field, "the table to which a size belongs", $"none for {orphan:N0} bytes");
            }

            return;
        }

        ulong length = Require(size, field + "SZ");
        if (length != 0)
        {
            Map(address, length, field);
        }

        if (entry is { } entryTag)
        {
            CheckEquals(field + "ENT", Require(entryTag, field + "ENT"), entrySize);
        }
    }

    /// <summary>The loader takes the last of two. Linkers write one, so another value is damage: part of a table would not be followed.</summary>
    private void CheckOnce(string field, ElfTag tag)
    {
        ulong? last = Find(tag);
        foreach ((ElfTag other, ulong value) in _entries)
        {
            if (other == tag && value != last)
            {
                throw _file.Malformed(field, "one value", $"two, 0x{value:X} and 0x{last:X}");
            }
        }
    }

    private void CheckCode(string field, ElfTag tag)
    {
        // glibc calls what is at the address 0, the file's header, as anything else; musl does not.
        if (Find(tag) is { } address && (address == 0 || !_segments.IsCode(address)))
        {
            throw _file.Malformed(field, "the address of a function, in a segment of code", $"0x{address:X}");
        }
    }
}
