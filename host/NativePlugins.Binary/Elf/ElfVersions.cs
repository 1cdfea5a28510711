using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>The versions of symbols: LSB Core, "Symbol Versioning"; glibc's elf.h.</summary>
internal sealed class ElfVersions
{
    private readonly ElfData _data;
    private readonly ReadOnlyMemory<byte> _indices;
    private readonly Dictionary<ushort, string> _definitions = [];
    private readonly Dictionary<ushort, (string Version, string Library)> _needs = [];
    private readonly List<BinaryVersionNeed> _needed = [];
    private readonly HashSet<string> _defined = [];

    private ElfVersions(ElfData data, ReadOnlyMemory<byte> indices)
    {
        _data = data;
        _indices = indices;
    }

    /// <summary>
    /// The names of the versions that the library defines, found as the loader finds them: by hash, then by name. The library's own name is
    /// among them, as its base version.
    /// </summary>
    public IReadOnlySet<string> Defined => _defined;

    /// <summary>Whether it has a table of versions at all.</summary>
    public bool DefinesAny => _definitions.Count > 0;

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
            versions.ReadDefinitions(defined, table.Text);
        }

        if (dynamic.Find(ElfTag.VersionNeeds) is { } needs && ElfVersionTable.Open(file, data, segments, needs) is { } needed)
        {
            versions.ReadNeeds(needed, table.Text);
        }

        return versions;
    }

    /// <summary>
    /// Checks every offset and index, as the loader follows them blindly. It also ends the process if a needed version belongs to a library
    /// that is not needed.
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

    /// <summary>
    /// Whether glibc, from 2.36 on, would refuse the library's packed relocations. A needed version must announce them: an older glibc does
    /// not have that version, and so does not run the library without the relocations.
    /// </summary>
    public static bool LacksRelocationMarker(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
    {
        const string Marker = "GLIBC_ABI_DT_RELR";
        if (dynamic.Find(ElfTag.Relr) is null || dynamic.Find(ElfTag.VersionNeeds) is not { } address
            || !dynamic.ReadNeeded().Exists(name => name.StartsWith("libc.so.", StringComparison.Ordinal))
            || ElfVersionTable.Open(file, data, segments, address) is not { } entries)
        {
            return false;
        }

        var versions = new ElfVersions(data, default);
        versions.ReadNeeds(entries, offset => dynamic.ReadText(offset, "DT_VERNEED"));
        return !versions._needed.Exists(need => need.Version == Marker);
    }

    public string? OfDefinition(int symbol) =>
        IndexOf(symbol) is { } index and > 1 && _definitions.TryGetValue(index, out string? version) ? version : null;

    /// <summary>Whether references without a version are bound to this symbol.</summary>
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
    private void ReadDefinitions(ElfVersionTable entries, Func<uint, string> textAt)
    {
        ulong at = 0;
        bool isReadable = true;
        for (int i = 0; i < ElfVersionTable.MaxEntries && entries.Holds(at, 20); i++)
        {
            // The loader stops at an entry whose form it does not know.
            isReadable &= entries.U16(at) == 1;
            ushort index = (ushort)(entries.U16(at + 4) & 0x7FFF);
            ulong name = at + entries.U32(at + 12);
            if (entries.Holds(name, 8))
            {
                string version = textAt(entries.U32(name));
                _definitions[index] = version;
                if (isReadable && entries.U32(at + 8) == ElfHashTable.Hash(Encoding.UTF8.GetBytes(version)))
                {
                    _defined.Add(version);
                }
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
    private void ReadNeeds(ElfVersionTable entries, Func<uint, string> textAt)
    {
        ulong at = 0;
        int count = 0;
        while (count++ < ElfVersionTable.MaxEntries && entries.Holds(at, 16))
        {
            string library = textAt(entries.U32(at + 4));
            ulong need = at + entries.U32(at + 8);

            // Elf_Vernaux: hash (4 bytes), flags, index (2 bytes each), name, offset of the next Vernaux.
            while (count++ < ElfVersionTable.MaxEntries && entries.Holds(need, 16))
            {
                ushort index = (ushort)(entries.U16(need + 6) & 0x7FFF);
                string version = textAt(entries.U32(need + 8));
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
