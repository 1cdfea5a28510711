using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>Checks that relocations refer to symbols that exist and to places that can be written to. gABI, chapter 4, "Relocation".</summary>
internal sealed class ElfRelocationCheck(BinaryFile file, ElfHeader header, ElfSegments segments, ElfDynamic dynamic)
{
    private readonly ElfData _data = header.Data;
    private readonly MachineTypes _types = MachineTypes.Of(header.Target.Architecture);
    private readonly ElfPointerArrays _arrays = new(file, header.Data, segments, dynamic);
    private readonly HashSet<uint> _inThreadsBlock = [];
    private uint? _symbolCount;
    private uint _used = 1;
    private (ulong Start, ulong Count) _places;

    /// <summary>
    /// The symbols of the relocations that need thread-local data in the block which every thread gets when it starts, 0 for the library's
    /// own data; null if the relocation types are not known.
    /// </summary>
    public IReadOnlySet<uint>? InThreadsBlock => _types.IsKnown ? _inThreadsBlock : null;

    /// <returns>The least number of symbols that there must be for the relocations.</returns>
    /// <param name="symbolCount">How many there are; null if the hash table does not tell.</param>
    public uint Check(uint? symbolCount)
    {
        _symbolCount = symbolCount;
        CheckTable("DT_RELA", ElfTag.Rela, ElfTag.RelaSize, hasAddend: true, dynamic.Find(ElfTag.RelaCount) ?? 0);
        CheckTable("DT_REL", ElfTag.Rel, ElfTag.RelSize, hasAddend: false, dynamic.Find(ElfTag.RelCount) ?? 0);
        bool isRela = dynamic.Find(ElfTag.PltRelocationsKind) is not { } kind || kind == (ulong)ElfTag.Rela;
        CheckTable("DT_JMPREL", ElfTag.PltRelocations, ElfTag.PltRelocationsSize, isRela, 0);
        CheckFunctionsWhole();
        CheckRelative();
        _arrays.CheckAllRelocated();
        return _used;
    }

    private void CheckTable(string field, ElfTag table, ElfTag sizeTag, bool hasAddend, ulong relativeCount)
    {
        if (dynamic.Find(table) is not { } address || dynamic.Find(sizeTag) is not { } size || size == 0)
        {
            return;
        }

        int entrySize = _data.WordSize * (hasAddend ? 3 : 2);
        if (size % (ulong)entrySize != 0 || relativeCount > size / (ulong)entrySize)
        {
            throw file.Malformed(field + "SZ", $"a multiple of {entrySize}, for DT_RELACOUNT entries at least", $"{size:N0}, {relativeCount:N0}");
        }

        ReadOnlySpan<byte> entries = file.ReadTable(Map(address, size, field), size, "the relocations").Span;
        for (int at = 0, index = 0; at < entries.Length; at += entrySize, index++)
        {
            ulong offset = _data.Word(entries, at);
            ulong info = _data.Word(entries, at + _data.WordSize);
            uint symbol = (uint)(_data.Is64 ? info >> 32 : info >> 8);
            uint type = (uint)(_data.Is64 ? info & 0xFFFFFFFF : info & 0xFF);
            ulong addend = hasAddend ? _data.Word(entries, at + (_data.WordSize * 2)) : 0;
            CheckEntry(field, index, symbol, type, offset, hasAddend ? addend : null, mustBeRelative: (ulong)index < relativeCount);
        }
    }

    /// <summary>A table of which the loader would follow only a part leaves functions that are called unbound. The linker's section tells the whole.</summary>
    private void CheckFunctionsWhole()
    {
        if (dynamic.Find(ElfTag.PltRelocations) is { } address && dynamic.Find(ElfTag.PltRelocationsSize) is { } size
            && ElfSections.SizeOfRelocations(file, header, address) is var whole && whole > size)
        {
            throw file.Malformed("DT_PLTRELSZ", $"the {whole:N0} bytes of the section at DT_JMPREL", $"{size:N0}");
        }
    }

    private void CheckEntry(string field, int index, uint symbol, uint type, ulong offset, ulong? addend, bool mustBeRelative)
    {
        if (symbol >= _symbolCount)
        {
            throw file.Malformed($"{field}, entry {index}, r_info", $"a symbol below {_symbolCount:N0}", $"{symbol:N0}");
        }

        _used = Math.Max(_used, symbol == uint.MaxValue ? symbol : symbol + 1);
        if (_types.IsKnown && (!_types.Handles(type) || (mustBeRelative && type != _types.Relative)))
        {
            throw file.Malformed($"{field}, entry {index}, r_info", mustBeRelative ? $"type {_types.Relative}" : "a type that the system's loader knows, and libraries have", $"{type}");
        }

        if (_types.IsKnown && type == _types.LastThreadLocal)
        {
            _inThreadsBlock.Add(symbol);
        }


        if (symbol == 0 && (_types.NeedsSymbol(type) || (_types.IsThreadLocal(type) && !segments.HasThreadLocalData)))
        {
            throw file.Malformed($"{field}, entry {index}, r_info", "a symbol", "none");
        }

        if (type != 0)
        {
            CheckPlace(field, index, offset);
            _arrays.Note(offset, _types.IsKnown && type == _types.Relative ? addend : null);
        }

        if (_types.IsKnown && type == _types.Indirect && addend is { } resolver && !segments.IsCode(resolver))
        {
            throw file.Malformed($"{field}, entry {index}, r_addend", "an address in a segment of code", $"0x{resolver:X}");
        }
    }

    /// <summary>DT_RELR: an address, then bitmaps for the words after it.</summary>
    private void CheckRelative()
    {
        if (dynamic.Find(ElfTag.Relr) is not { } address || dynamic.Find(ElfTag.RelrSize) is not { } size || size == 0)
        {
            return;
        }

        ReadOnlySpan<byte> entries = file.ReadTable(Map(address, size, "DT_RELR"), size - (size % (ulong)_data.WordSize), "the relocations").Span;
        ulong word = (ulong)_data.WordSize;
        ulong next = 0;
        for (int at = 0, index = 0; at < entries.Length; at += _data.WordSize, index++)
        {
            ulong entry = _data.Word(entries, at);
            if ((entry & 1) == 0)
            {
                CheckPlace("DT_RELR", index, entry);
                _arrays.NoteContent(entry);
                next = entry + word;
                continue;
            }

            int last = 63 - System.Numerics.BitOperations.LeadingZeroCount(entry);
            if (last > 0)
            {
                CheckPlace("DT_RELR", index, next + ((ulong)(last - 1) * word));
            }

            for (int bit = 1; bit <= last; bit++)
            {
                if (((entry >> bit) & 1) != 0)
                {
                    _arrays.NoteContent(next + ((ulong)(bit - 1) * word));
                }
            }

            next += ((word * 8) - 1) * word;
        }
    }

    private void CheckPlace(string field, int index, ulong address)
    {
        // Mostly it lies in the segment of the place before.
        if (address - _places.Start < _places.Count)
        {
            return;
        }

        const ulong LeastWidth = 4;
        _places = segments.PlacesAround(address, LeastWidth, mustBeWritable: !dynamic.HasTextRelocations);
        if (_places.Count == 0)
        {
            throw file.Malformed($"{field}, entry {index}, r_offset", "an address in a segment that can be written to", $"0x{address:X}");
        }
    }

    private ulong Map(ulong address, ulong length, string field) => segments.TryMap(address, length, out ulong offset)
        ? offset
        : throw file.Malformed(field, "a range within one loaded segment", $"address 0x{address:X}, {length:N0} bytes");

    /// <summary>The numbers of the relocation types that are treated specially. Each processor's ABI has its own.</summary>
    private readonly record struct MachineTypes(
        bool IsKnown, uint Absolute, uint Copy, uint Data, uint Function, uint Relative, uint Indirect, uint FirstThreadLocal, uint LastThreadLocal)
    {
        public static MachineTypes Of(string architecture) => architecture switch
        {
            "x86-64" => new(true, 1, 5, 6, 7, 8, 37, 16, 18),
            "x86" => new(true, 1, 5, 6, 7, 8, 42, 35, 37),
            "AArch64" => new(true, 257, 1024, 1025, 1026, 1027, 1032, 1028, 1030),
            "ARM" => new(true, 2, 20, 21, 22, 23, 160, 17, 19),
            _ => default,
        };

        /// <summary>
        /// Whether the loader has code for the type: glibc, sysdeps/*/dl-machine.h. The type that copies data into a program does not
        /// count. For a processor whose loader was not read, every type counts.
        /// </summary>
        public bool Handles(uint type) => type != Copy && Absolute switch
        {
            1 when Indirect == 37 => type is 0 or 1 or 2 or 6 or 7 or 8 or 10 or 16 or 17 or 18 or 32 or 33 or 36 or 37 or 38,
            257 => type is 0 or 256 or 257 or 258 or >= 1025 and <= 1032,
            _ => true,
        };

        /// <summary>A relocation of such a type without a symbol refers to the library's own PT_TLS.</summary>
        public bool IsThreadLocal(uint type) => IsKnown && type >= FirstThreadLocal && type <= LastThreadLocal;

        public bool NeedsSymbol(uint type) => IsKnown && (type == Absolute || type == Data || type == Function);
    }
}
