namespace NativePlugins.Host;

/// <summary>The versions of symbols: LSB Core, "Symbol Versioning"; glibc's elf.h.</summary>
internal sealed class ElfVersions
{
    private readonly ElfData _data;
    private readonly ReadOnlyMemory<byte> _indices;
    private readonly Dictionary<ushort, string> _definitions = [];
    private readonly Dictionary<ushort, (string Version, string Library)> _needs = [];
    private readonly List<BinaryVersionNeed> _needed = [];

    private ElfVersions(ElfData data, ReadOnlyMemory<byte> indices)
    {
        _data = data;
        _indices = indices;
    }

    /// <summary>The names of the versions that the library defines, its own name as the base version included.</summary>
    public IReadOnlySet<string> Defined => _definitions.Values.ToHashSet();

    /// <summary>The versions that it needs, in the file's order.</summary>
    public IReadOnlyList<BinaryVersionNeed> Needed => _needed;

    public static ElfVersions Read(
        BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic, ElfSymbolTable table)
    {
        ulong size = (ulong)table.Count * 2;
        ReadOnlyMemory<byte> indices = dynamic.Find(ElfTag.VersionSymbols) is { } address && segments.TryMap(address, size, out ulong offset)
            ? file.ReadTable(offset, size, "the symbols' versions")
            : default;
        var versions = new ElfVersions(data, indices);
        if (dynamic.Find(ElfTag.VersionDefinitions) is { } definitions && ElfVersionTable.Open(file, data, segments, definitions) is { } defined)
        {
            versions.ReadDefinitions(defined, table);
        }

        if (dynamic.Find(ElfTag.VersionNeeds) is { } needs && ElfVersionTable.Open(file, data, segments, needs) is { } needed)
        {
            versions.ReadNeeds(needed, table);
        }

        return versions;
    }

    /// <summary>
    /// Checks every offset and index: the loader follows them blindly, and ends the process where a needed version
    /// belongs to a library that is not needed.
    /// </summary>
    public static void CheckWhole(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic, uint symbolCount)
    {
        var check = new ElfVersionCheck(file, data, segments, dynamic);
        uint highest = check.CheckTables();
        if (highest > 0 || dynamic.Find(ElfTag.VersionSymbols) is not null)
        {
            check.CheckIndices(symbolCount, highest);
        }
    }

    public string? OfDefinition(int symbol) =>
        IndexOf(symbol) is { } index and > 1 && _definitions.TryGetValue(index, out string? version) ? version : null;

    /// <summary>Whether references without a version are bound to it.</summary>
    public bool IsDefault(int symbol) =>
        (symbol * 2) + 2 > _indices.Length || (_data.U16(_indices.Span, symbol * 2) & 0x8000) == 0;

    public (string? Version, string? Library) OfReference(int symbol) =>
        IndexOf(symbol) is { } index and > 1 && _needs.TryGetValue(index, out (string Version, string Library) need)
            ? need
            : (null, null);

    private ushort? IndexOf(int symbol) => (symbol * 2) + 2 <= _indices.Length
        ? (ushort)(_data.U16(_indices.Span, symbol * 2) & 0x7FFF) // The highest bit hides it from unversioned references.
        : null;

    /// <summary>Elf_Verdef: version, flags, index, count (2 bytes each), hash, offset of the first Verdaux, of the next Verdef.</summary>
    private void ReadDefinitions(ElfVersionTable entries, ElfSymbolTable table)
    {
        ulong at = 0;
        for (int i = 0; i < ElfVersionTable.MaxEntries && entries.Holds(at, 20); i++)
        {
            ushort index = (ushort)(entries.U16(at + 4) & 0x7FFF);
            ulong name = at + entries.U32(at + 12);
            if (entries.Holds(name, 8))
            {
                _definitions[index] = table.Text(entries.U32(name));
            }

            uint next = entries.U32(at + 16);
            if (next == 0)
            {
                return;
            }

            at += next;
        }
    }

    /// <summary>Elf_Verneed: version, count (2 bytes each), library, offset of the first Vernaux, of the next Verneed.</summary>
    private void ReadNeeds(ElfVersionTable entries, ElfSymbolTable table)
    {
        ulong at = 0;
        int count = 0;
        while (count++ < ElfVersionTable.MaxEntries && entries.Holds(at, 16))
        {
            string library = table.Text(entries.U32(at + 4));
            ulong need = at + entries.U32(at + 8);

            // Elf_Vernaux: hash (4 bytes), flags, index (2 bytes each), name, offset of the next Vernaux.
            while (count++ < ElfVersionTable.MaxEntries && entries.Holds(need, 16))
            {
                ushort index = (ushort)(entries.U16(need + 6) & 0x7FFF);
                string version = table.Text(entries.U32(need + 8));
                bool isWeak = (entries.U16(need + 4) & 2) != 0; // VER_FLG_WEAK
                _needs[index] = (version, library);
                _needed.Add(new BinaryVersionNeed(library, version, isWeak));
                uint nextNeed = entries.U32(need + 12);
                if (nextNeed == 0)
                {
                    break;
                }

                need += nextNeed;
            }

            uint next = entries.U32(at + 12);
            if (next == 0)
            {
                return;
            }

            at += next;
        }
    }
}
