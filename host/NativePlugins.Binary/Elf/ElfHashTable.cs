using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>Finds a symbol as the system's loader does, through DT_GNU_HASH or DT_HASH, without reading a whole table.</summary>
/// <remarks>DT_HASH: gABI, chapter 5, "Hash Table". DT_GNU_HASH: glibc, elf/dl-lookup.c.</remarks>
internal sealed class ElfHashTable(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
{
    // No linker makes chains of that length; a file that has one is made to cost time.
    private const int MaxChain = 65_536;
    private const int MaxNameComparisons = 1024;

    private readonly ulong _symbols = dynamic.Find(ElfTag.Symbols) ?? 0;

    /// <summary>The symbol of that name, defined or not; null if the table has none.</summary>
    public ElfSymbol? Find(ReadOnlySpan<byte> name)
    {
        if (dynamic.Find(ElfTag.GnuHash) is { } gnu)
        {
            return FindByGnuHash(gnu, name);
        }

        return dynamic.Find(ElfTag.Hash) is { } hash ? FindByHash(hash, name) : null;
    }

    /// <summary>The number of entries in the symbol table. The file states it nowhere else.</summary>
    public uint CountSymbols()
    {
        if (dynamic.Find(ElfTag.Hash) is { } hash)
        {
            return U32(hash + 4, "DT_HASH");
        }

        return dynamic.Find(ElfTag.GnuHash) is { } gnu ? CountByGnuHash(gnu) : 0;
    }

    private ElfSymbol? FindByGnuHash(ulong address, ReadOnlySpan<byte> name)
    {
        GnuHeader header = ReadGnuHeader(address);
        uint hash = GnuHash(name);
        uint bits = (uint)data.WordSize * 8;
        ulong word = Word(header.Bloom + ((hash / bits) & (header.BloomSize - 1)) * (ulong)data.WordSize, "DT_GNU_HASH, filter");
        ulong wanted = (1UL << (int)(hash % bits)) | (1UL << (int)((hash >> (int)header.BloomShift) % bits));
        if ((word & wanted) != wanted)
        {
            return null;
        }

        uint index = U32(header.Buckets + (hash % header.BucketCount) * 4UL, "DT_GNU_HASH, bucket");
        if (index == 0)
        {
            return null;
        }

        int compared = 0;
        for (int steps = 0; steps < MaxChain; steps++, index++)
        {
            uint link = U32(ChainAddress(header, index), "DT_GNU_HASH, chain");
            if ((link | 1) == (hash | 1))
            {
                ElfSymbol symbol = ReadSymbol(index);
                if (HasName(symbol, name))
                {
                    return symbol;
                }

                if (++compared == MaxNameComparisons)
                {
                    break;
                }
            }

            if ((link & 1) != 0)
            {
                return null;
            }
        }

        throw file.Malformed("DT_GNU_HASH, chain", $"at most {MaxChain:N0} entries", "more");
    }

    private ElfSymbol? FindByHash(ulong address, ReadOnlySpan<byte> name)
    {
        uint bucketCount = U32(address, "DT_HASH");
        uint chainCount = U32(address + 4, "DT_HASH");
        if (bucketCount == 0)
        {
            return null;
        }

        ulong buckets = address + 8;
        ulong chain = buckets + (bucketCount * 4UL);
        uint index = U32(buckets + (Hash(name) % bucketCount) * 4UL, "DT_HASH, bucket");
        for (int steps = 0; steps < MaxNameComparisons; steps++)
        {
            if (index == 0)
            {
                return null;
            }

            if (index >= chainCount)
            {
                throw file.Malformed("DT_HASH, chain", $"an index below {chainCount:N0}", $"{index:N0}");
            }

            ElfSymbol symbol = ReadSymbol(index);
            if (HasName(symbol, name))
            {
                return symbol;
            }

            index = U32(chain + (index * 4UL), "DT_HASH, chain");
        }

        throw file.Malformed("DT_HASH, chain", $"at most {MaxNameComparisons:N0} entries", "more");
    }

    /// <summary>One more than the highest index that a chain reaches.</summary>
    internal uint CountByGnuHash(ulong address)
    {
        GnuHeader header = ReadGnuHeader(address);
        ReadOnlySpan<byte> buckets = file.ReadTable(Map(header.Buckets, header.BucketCount * 4UL, "DT_GNU_HASH, buckets"), header.BucketCount * 4UL, "DT_GNU_HASH").Span;
        uint last = 0;
        for (int i = 0; i < buckets.Length; i += 4)
        {
            last = Math.Max(last, data.U32(buckets, i));
        }

        if (last == 0)
        {
            return header.FirstSymbol;
        }

        for (int steps = 0; steps < MaxChain; steps++, last++)
        {
            if (last == uint.MaxValue)
            {
                throw file.Malformed("DT_GNU_HASH, bucket", $"an index below {uint.MaxValue:N0}", $"{last:N0}");
            }

            if ((U32(ChainAddress(header, last), "DT_GNU_HASH, chain") & 1) != 0)
            {
                return last + 1;
            }
        }

        throw file.Malformed("DT_GNU_HASH, chain", $"at most {MaxChain:N0} entries", "more");
    }

    internal GnuHeader ReadGnuHeader(ulong address)
    {
        const int HeaderSize = 16;
        Span<byte> bytes = stackalloc byte[HeaderSize];
        file.Read(Map(address, HeaderSize, "DT_GNU_HASH"), bytes, "DT_GNU_HASH");
        uint bucketCount = data.U32(bytes, 0);
        uint bloomSize = data.U32(bytes, 8);
        uint shift = data.U32(bytes, 12);
        if (bucketCount == 0 || bloomSize == 0 || (bloomSize & (bloomSize - 1)) != 0 || shift >= 32)
        {
            throw file.Malformed("DT_GNU_HASH", "at least one bucket, a filter of a power of two words, a shift below 32",
                $"{bucketCount} buckets, {bloomSize} words, shift {shift}");
        }

        ulong size = HeaderSize + (bloomSize * (ulong)data.WordSize) + (bucketCount * 4UL);
        Map(address, size, "DT_GNU_HASH");
        ulong bloom = address + HeaderSize;
        return new GnuHeader(bucketCount, data.U32(bytes, 4), bloomSize, shift, bloom, bloom + (bloomSize * (ulong)data.WordSize));
    }

    private ulong ChainAddress(in GnuHeader header, uint index) => index >= header.FirstSymbol
        ? header.Buckets + (header.BucketCount * 4UL) + ((index - header.FirstSymbol) * 4UL)
        : throw file.Malformed("DT_GNU_HASH, bucket", $"an index of at least {header.FirstSymbol:N0}", $"{index:N0}");

    private ElfSymbol ReadSymbol(uint index)
    {
        ulong size = (ulong)data.SymbolSize;
        Span<byte> bytes = stackalloc byte[24];
        bytes = bytes[..data.SymbolSize];
        ulong start = index * size;
        ulong address = _symbols > ulong.MaxValue - start ? ulong.MaxValue : _symbols + start;
        file.Read(Map(address, size, $"DT_SYMTAB, symbol {index}"), bytes, "the symbol table");
        return ElfSymbol.Parse(data, bytes);
    }

    private bool HasName(in ElfSymbol symbol, ReadOnlySpan<byte> name)
    {
        Span<byte> bytes = stackalloc byte[64];
        bytes = bytes[..(name.Length + 1)];
        (ulong offset, ulong size) = dynamic.Strings;
        if (symbol.Name > size || (ulong)bytes.Length > size - symbol.Name)
        {
            return false;
        }

        file.Read(offset + symbol.Name, bytes, "the symbols' names");
        return bytes[^1] == 0 && bytes[..^1].SequenceEqual(name);
    }

    internal ulong Map(ulong address, ulong length, string field) => segments.TryMap(address, length, out ulong offset)
        ? offset
        : throw file.Malformed(field, "a range within one loaded segment", $"address 0x{address:X}, {length:N0} bytes");

    private uint U32(ulong address, string field)
    {
        Span<byte> bytes = stackalloc byte[4];
        file.Read(Map(address, 4, field), bytes, field);
        return data.U32(bytes, 0);
    }

    private ulong Word(ulong address, string field)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes = bytes[..data.WordSize];
        file.Read(Map(address, (ulong)bytes.Length, field), bytes, field);
        return data.Word(bytes, 0);
    }

    internal const uint GnuHashStart = 5381;

    internal static uint NextGnuHash(uint hash, byte c) => unchecked((hash * 33) + c);

    internal static uint GnuHash(ReadOnlySpan<byte> name)
    {
        uint hash = GnuHashStart;
        foreach (byte c in name)
        {
            hash = NextGnuHash(hash, c);
        }

        return hash;
    }

    internal static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 0;
        foreach (byte c in name)
        {
            hash = unchecked((hash << 4) + c);
            uint high = hash & 0xF0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    internal readonly record struct GnuHeader(
        uint BucketCount, uint FirstSymbol, uint BloomSize, uint BloomShift, ulong Bloom, ulong Buckets);
}
