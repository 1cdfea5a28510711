using System.Collections;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// Finds the definitions that a library shares with others of the process. They have the binding STB_GNU_UNIQUE, other libraries can see
/// them, and the library's own relocations name them: what it does not look up, it does not share. glibc: elf/dl-lookup.c,
/// do_lookup_unique.
/// </summary>
internal sealed class ElfUniqueSymbols(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
{
    /// <param name="table">The library's own symbol table.</param>
    public IReadOnlyList<UniqueSymbol> Read(ElfSymbolTable table)
    {
        var found = new List<int>();
        for (int i = 1; i < table.Count; i++)
        {
            if (table[i] is { IsUnique: true, IsExported: true })
            {
                found.Add(i);
            }
        }

        if (found.Count == 0)
        {
            return [];
        }

        BitArray used = FindUsed(table.Count);
        return [.. found.Where(i => used[i]).Select(i => new UniqueSymbol(table.Text(table[i].Name), table.SizeOf(i), table[i].Info & 0xF))];
    }

    private BitArray FindUsed(int count)
    {
        var used = new BitArray(count);
        bool isRela = dynamic.Find(ElfTag.PltRelocationsKind) is not { } kind || kind == (ulong)ElfTag.Rela;
        Note(used, ElfTag.Rela, ElfTag.RelaSize, 3);
        Note(used, ElfTag.Rel, ElfTag.RelSize, 2);
        Note(used, ElfTag.PltRelocations, ElfTag.PltRelocationsSize, isRela ? 3 : 2);
        return used;
    }

    private void Note(BitArray used, ElfTag table, ElfTag sizeTag, int words)
    {
        int entrySize = data.WordSize * words;
        if (dynamic.Find(table) is not { } address || dynamic.Find(sizeTag) is not { } size || size < (ulong)entrySize)
        {
            return;
        }

        if (!segments.TryMap(address, size, out ulong offset))
        {
            throw file.Malformed("relocations", "a range within one loaded segment", $"address 0x{address:X}, {size:N0} bytes");
        }

        ReadOnlySpan<byte> entries = file.ReadTable(offset, size, "the relocations").Span;
        for (int at = data.WordSize; at + data.WordSize <= entries.Length; at += entrySize)
        {
            ulong info = data.Word(entries, at);
            uint symbol = (uint)(data.Is64 ? info >> 32 : info >> 8);
            if (symbol < used.Count)
            {
                used[(int)symbol] = true;
            }
        }
    }
}
