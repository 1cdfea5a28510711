using System.Globalization;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// Checks what the system's loader follows blindly when it loads a library: every index and offset in its hash tables, symbols, relocations
/// and versions. Reads these tables whole, but no code or data. glibc: elf/dl-load.c, elf/dl-lookup.c, elf/do-rel.h, elf/dl-version.c.
/// </summary>
internal sealed class ElfLoadCheck
{
    private const uint Load = 1;
    private static readonly Version s_firstWithoutAlignment = new(2, 35);

    private readonly BinaryFile _file;
    private readonly ElfData _data;
    private readonly ElfSegments _segments;
    private readonly ElfDynamic _dynamic;

    private ElfLoadCheck(BinaryFile file, in ElfHeader header, ElfSegments segments, ElfDynamic dynamic)
    {
        _file = file;
        _data = header.Data;
        _segments = segments;
        _dynamic = dynamic;
    }

    /// <returns>
    /// The definitions that the library would share with others of the process; and whether a relocation needs the library's own
    /// thread-local data in the block that every thread gets when it starts, null if that is not known.
    /// </returns>
    public static (IReadOnlyList<UniqueSymbol> Unique, bool? UsesStaticTls) Check(BinaryFile file, in ElfHeader header, ElfSegments segments, ElfDynamic dynamic)
    {
        ElfIdentity.Check(file, header);
        var check = new ElfLoadCheck(file, header, segments, dynamic);
        check.CheckMapping(Glibc.Version);
        check.CheckSegments();
        check.CheckDynamic();
        check.CheckStrings();
        uint? count = new ElfHashCheck(file, header.Data, segments, dynamic).Check();
        var relocations = new ElfRelocationCheck(file, header, segments, dynamic);
        uint used = relocations.Check(count);
        count ??= used;
        (bool hasUnique, bool? usesStaticTls) = check.CheckSymbols(count.Value, relocations.InThreadsBlock);
        ElfVersions.CheckWhole(file, header.Data, segments, dynamic, count.Value);
        IReadOnlyList<UniqueSymbol> unique = hasUnique
            ? new ElfUniqueSymbols(file, header.Data, segments, dynamic).Read(ElfSymbolTable.Read(file, header.Data, segments, dynamic, count.Value))
            : [];
        return (unique, usesStaticTls);
    }

    /// <summary>
    /// Checks that the system can map the segments: glibc, elf/dl-load.c, "_dl_map_object_from_fd", and elf/dl-map-segments.h. Only glibc
    /// before 2.35 looks at p_align: there address and offset must agree modulo p_align.
    /// </summary>
    private void CheckMapping(Version? glibc)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        ulong MapEnd(in ElfSegment segment) => (segment.Address + segment.FileSize + page - 1) & ~(page - 1);
        ElfSegment? first = null;
        ElfSegment last = default;
        bool hasHoles = false;
        for (int i = 0; i < _segments.All.Count; i++)
        {
            ElfSegment segment = _segments.All[i];
            if (segment.Type != Load)
            {
                continue;
            }

            ulong modulus = glibc < s_firstWithoutAlignment ? Math.Max(segment.Alignment, page) : page;
            if ((segment.Address - segment.Offset) % modulus != 0 || (glibc < s_firstWithoutAlignment && segment.Alignment % page != 0))
            {
                throw _file.Malformed($"segment {i}, p_vaddr", $"p_offset, 0x{segment.Offset:X}, modulo 0x{modulus:X}, so that it can be mapped", $"0x{segment.Address:X}");
            }

            hasHoles |= first is not null && MapEnd(last) != (segment.Address & ~(page - 1));
            first ??= segment;
            last = segment;
        }

        if (first is not { } start)
        {
            return;
        }

        if (hasHoles && (last.Address & ~(page - 1)) < MapEnd(start))
        {
            throw _file.Malformed("PT_LOAD, p_vaddr", "a last segment on pages after those of the first", $"0x{last.Address:X}");
        }

        const ulong AddressSpace = 1UL << 47;
        if (last.Address + last.MemorySize - start.Address > AddressSpace)
        {
            throw _file.Malformed("PT_LOAD, p_vaddr, p_memsz", "segments that fit into an address space", $"0x{start.Address:X} to 0x{last.Address + last.MemorySize:X}");
        }
    }

    private void CheckSegments()
    {
        const uint Note = 4;
        const uint Tls = 7;
        const uint ProgramHeaders = 6;
        const uint UnwindTable = 0x6474E550; // PT_GNU_EH_FRAME
        const uint Relro = 0x6474E552;
        const uint Property = 0x6474E553;
        for (int i = 0; i < _segments.All.Count; i++)
        {
            ElfSegment segment = _segments.All[i];
            string field = string.Create(CultureInfo.InvariantCulture, $"segment {i}, ");
            if (segment.Type == Tls && (segment.FileSize > segment.MemorySize || segment.MemorySize > int.MaxValue
                || (segment.Alignment & (segment.Alignment - 1)) != 0 || segment.Alignment > 1 << 20))
            {
                throw _file.Malformed(field + "PT_TLS", "p_filesz at most p_memsz, p_align a power of two", $"0x{segment.FileSize:X}, 0x{segment.MemorySize:X}, 0x{segment.Alignment:X}");
            }

            ulong length = segment.Type switch
            {
                Tls => segment.FileSize,
                Note or Property or ProgramHeaders or UnwindTable => segment.MemorySize,
                _ => 0,
            };
            bool isInside = segment.Type == Relro
                ? segment.MemorySize == 0 || _segments.HoldsInPages(segment.Address, segment.MemorySize)
                : _segments.HoldsInMemory(segment.Address, length, mustBeWritable: false);
            if (segment.Type == UnwindTable && length != 0 && !_segments.TryMap(segment.Address, 1, out _))
            {
                throw _file.Malformed(field + "PT_GNU_EH_FRAME", "an address that can be read", $"0x{segment.Address:X}");
            }

            if (!isInside && (length != 0 || segment.Type == Relro))
            {
                throw _file.Malformed(field + "p_vaddr, p_memsz", "a range within one loaded segment", $"address 0x{segment.Address:X}, {length:N0} bytes");
            }
        }
    }

    /// <summary>The loader writes to the dynamic section, unless that is marked as read-only.</summary>
    private void CheckDynamic()
    {
        ElfSegment dynamic = _segments.Dynamic!.Value;
        if (!_segments.HoldsInMemory(dynamic.Address, dynamic.FileSize, mustBeWritable: dynamic.IsWritable))
        {
            throw _file.Malformed("PT_DYNAMIC, p_flags", "those of the loaded segment that holds it", BinarySegment.Describe(dynamic.IsReadable, dynamic.IsWritable, dynamic.IsExecutable));
        }
    }

    private void CheckStrings()
    {
        (ulong offset, ulong size) = _dynamic.Strings;
        Span<byte> last = stackalloc byte[1];
        if (size == 0)
        {
            throw _file.Malformed("DT_STRSZ", "at least 1", "0");
        }

        _file.Read(offset + size - 1, last, "the string table");
        if (last[0] != 0)
        {
            throw _file.Malformed("DT_STRTAB", "NUL at its end", $"0x{last[0]:X2}");
        }
    }

    /// <returns>
    /// Whether a symbol has the binding STB_GNU_UNIQUE; and whether one of the symbols of <paramref name="inThreadsBlock"/> is defined
    /// here, null if they are not known.
    /// </returns>
    private (bool HasUnique, bool? UsesStaticTls) CheckSymbols(uint count, IReadOnlySet<uint>? inThreadsBlock)
    {
        bool? usesStaticTls = inThreadsBlock?.Contains(0);
        ulong address = _dynamic.Find(ElfTag.Symbols) ?? 0;
        ulong size = count * (ulong)_data.SymbolSize;
        if (!_segments.TryMap(address, size, out ulong offset))
        {
            throw _file.Malformed("DT_SYMTAB", "a range within one loaded segment", $"address 0x{address:X}, {count:N0} symbols");
        }

        const byte IndirectFunction = 10; // STT_GNU_IFUNC: the loader calls it to find out where the function is.
        ReadOnlySpan<byte> symbols = _file.ReadTable(offset, size, "the symbol table").Span;
        if (symbols[..Math.Min(symbols.Length, _data.SymbolSize)].IndexOfAnyExcept((byte)0) >= 0)
        {
            // gABI, chapter 4, "Symbol Table": the entry of STN_UNDEF. If it is not there, this is no symbol table.
            throw _file.Malformed("DT_SYMTAB, symbol 0", "zeros", "something else");
        }

        bool hasUnique = false;
        for (int i = 0; i < (int)count; i++)
        {
            ElfSymbol symbol = ElfSymbol.Parse(_data, symbols.Slice(i * _data.SymbolSize, _data.SymbolSize));
            hasUnique |= symbol.IsUnique;
            usesStaticTls |= inThreadsBlock?.Contains((uint)i) == true && symbol.IsDefined;
            if (symbol.Name >= _dynamic.Strings.Size)
            {
                throw _file.Malformed($"DT_SYMTAB, symbol {i}, st_name", $"an offset below DT_STRSZ, {_dynamic.Strings.Size:N0}", $"{symbol.Name:N0}");
            }

            if ((symbol.Info & 0xF) == IndirectFunction && symbol.IsDefined && !_segments.IsCode(symbol.Value))
            {
                throw _file.Malformed($"DT_SYMTAB, symbol {i}, st_value", "an address in a segment of code", $"0x{symbol.Value:X}");
            }
        }

        return (hasUnique, usesStaticTls);
    }
}
