using System.Collections;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// Checks that the hash table leads to every symbol that it must. A symbol that the system's loader cannot find through it, say a weak
/// function of the library itself, becomes a null pointer that the constructors call.
/// </summary>
internal sealed class ElfHashCheck(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
{
    // Names may share their ends. Hashing them all must still take time linear in the file's size.
    private const long MaxHashed = 64 << 20;

    private readonly ElfHashTable _table = new(file, data, segments, dynamic);
    private ReadOnlyMemory<byte> _strings;
    private ReadOnlyMemory<byte> _symbols;
    private long _hashed;

    /// <returns>The number of symbols; null if the table does not tell.</returns>
    public uint? Check()
    {
        if (dynamic.Find(ElfTag.GnuHash) is { } gnu)
        {
            return CheckGnuHash(gnu);
        }

        return dynamic.Find(ElfTag.Hash) is { } hash ? CheckHash(hash) : null;
    }

    private uint? CheckGnuHash(ulong address)
    {
        ElfHashTable.GnuHeader header = _table.ReadGnuHeader(address);
        ReadOnlySpan<byte> buckets = ReadTable(header.Buckets, header.BucketCount * 4UL);
        if (buckets.IndexOfAnyExcept((byte)0) < 0)
        {
            return null; // Symbols that the table does not list may be anything that relocations use.
        }

        for (int i = 0; i < buckets.Length; i += 4)
        {
            if (data.U32(buckets, i) is not 0 and uint index && index < header.FirstSymbol)
            {
                throw file.Malformed("DT_GNU_HASH, bucket", $"an index of at least {header.FirstSymbol:N0}", $"{index:N0}");
            }
        }

        uint count = _table.CountByGnuHash(address);
        ReadOnlySpan<byte> chain = ReadTable(header.Buckets + (header.BucketCount * 4UL), (count - header.FirstSymbol) * 4UL);
        ReadOnlySpan<byte> filter = ReadTable(header.Bloom, header.BloomSize * (ulong)data.WordSize);
        ReadNames(count);
        var seen = new BitArray((int)(count - header.FirstSymbol));
        int reached = 0;
        for (uint bucket = 0; bucket < header.BucketCount; bucket++)
        {
            for (uint index = data.U32(buckets, (int)bucket * 4); index != 0; index++)
            {
                int at = (int)(index - header.FirstSymbol);
                uint link = at < seen.Count && !seen[at] ? data.U32(chain, at * 4) : throw WrongIndex("DT_GNU_HASH", index, count);
                CheckGnuEntry(header, filter, index, bucket, link);
                seen[at] = true;
                reached++;
                if ((link & 1) != 0)
                {
                    break;
                }
            }
        }

        return reached == seen.Count
            ? count
            : throw file.Malformed("DT_GNU_HASH", $"chains to {seen.Count:N0} symbols", $"chains to {reached:N0}");
    }

    private void CheckGnuEntry(in ElfHashTable.GnuHeader header, ReadOnlySpan<byte> filter, uint index, uint bucket, uint link)
    {
        uint hash = GnuHashOf(index);
        uint bits = (uint)data.WordSize * 8;
        ulong word = data.Word(filter, (int)((hash / bits) & (header.BloomSize - 1)) * data.WordSize);
        ulong wanted = (1UL << (int)(hash % bits)) | (1UL << (int)((hash >> (int)header.BloomShift) % bits));
        if ((link | 1) != (hash | 1) || hash % header.BucketCount != bucket || (word & wanted) != wanted)
        {
            throw file.Malformed($"DT_GNU_HASH, symbol {index}", "the hash of its name, in its bucket and in the filter", $"0x{link:X} in bucket {bucket:N0}");
        }
    }

    private uint CheckHash(ulong address)
    {
        ReadOnlySpan<byte> counts = ReadTable(address, 8);
        uint bucketCount = data.U32(counts, 0);
        uint count = data.U32(counts, 4);
        ReadOnlySpan<byte> table = ReadTable(address + 8, (bucketCount + (ulong)count) * 4);
        ReadNames(count);
        var seen = new BitArray((int)count);
        for (uint bucket = 0; bucket < bucketCount; bucket++)
        {
            for (uint index = data.U32(table, (int)bucket * 4); index != 0; index = data.U32(table, (int)(bucketCount + index) * 4))
            {
                if (index >= count || seen[(int)index])
                {
                    throw WrongIndex("DT_HASH", index, count);
                }

                if (ElfHashTable.Hash(NameOf(index)) % bucketCount != bucket)
                {
                    throw file.Malformed($"DT_HASH, symbol {index}", "the bucket of its name", $"bucket {bucket:N0}");
                }

                seen[(int)index] = true;
            }
        }

        for (int index = 1; index < seen.Count; index++)
        {
            if (!seen[index] && SymbolAt((uint)index).IsExported)
            {
                throw file.Malformed("DT_HASH", $"a chain to symbol {index:N0}, which is exported", "none");
            }
        }

        return count;
    }

    private BinaryException WrongIndex(string field, uint index, uint count) =>
        file.Malformed(field + ", chain", $"indices below {count:N0}, each once", $"{index:N0}");

    private void ReadNames(uint count)
    {
        ulong address = dynamic.Find(ElfTag.Symbols) ?? 0;
        ulong size = count * (ulong)data.SymbolSize;
        _symbols = file.ReadTable(_table.Map(address, size, "DT_SYMTAB"), size, "the symbol table");
        (ulong offset, ulong length) = dynamic.Strings;
        _strings = file.ReadTable(offset, length, "the symbols' names");
    }

    private ElfSymbol SymbolAt(uint index) =>
        ElfSymbol.Parse(data, _symbols.Span.Slice((int)index * data.SymbolSize, data.SymbolSize));

    private ReadOnlySpan<byte> NameOf(uint index)
    {
        ReadOnlySpan<byte> name = StringsFrom(index);
        int end = name.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        CountHashed(name.Length);
        return name;
    }

    /// <summary>Finds the end of the name on the way.</summary>
    private uint GnuHashOf(uint index)
    {
        ReadOnlySpan<byte> name = StringsFrom(index);
        uint hash = ElfHashTable.GnuHashStart;
        int length = 0;
        while (length < name.Length && name[length] != 0)
        {
            hash = ElfHashTable.NextGnuHash(hash, name[length++]);
        }

        CountHashed(length);
        return hash;
    }

    private ReadOnlySpan<byte> StringsFrom(uint index)
    {
        uint start = data.U32(_symbols.Span, (int)index * data.SymbolSize); // st_name
        return start < (uint)_strings.Length
            ? _strings.Span[(int)start..]
            : throw file.Malformed($"DT_SYMTAB, symbol {index}, st_name", $"an offset below DT_STRSZ, {_strings.Length:N0}", $"{start:N0}");
    }

    private void CountHashed(int length)
    {
        _hashed += length;
        if (_hashed > MaxHashed)
        {
            throw file.Malformed("symbol names", $"at most {MaxHashed:N0} bytes in all", "more");
        }
    }

    private ReadOnlySpan<byte> ReadTable(ulong address, ulong length) =>
        file.ReadTable(_table.Map(address, length, "the hash table"), length, "the hash table").Span;
}
