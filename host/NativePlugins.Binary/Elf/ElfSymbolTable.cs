using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>The whole dynamic symbol table. It is read only for diagnosis.</summary>
internal sealed class ElfSymbolTable
{
    private const int MaxText = 32 << 20;

    private readonly BinaryFile _file;
    private readonly ElfData _data;
    private readonly ReadOnlyMemory<byte> _symbols;
    private readonly ReadOnlyMemory<byte> _strings;
    private int _text;

    private ElfSymbolTable(BinaryFile file, ElfData data, ReadOnlyMemory<byte> symbols, ReadOnlyMemory<byte> strings)
    {
        _file = file;
        _data = data;
        _symbols = symbols;
        _strings = strings;
    }

    public int Count => _symbols.Length / _data.SymbolSize;

    public ElfSymbol this[int index] =>
        ElfSymbol.Parse(_data, _symbols.Span.Slice(index * _data.SymbolSize, _data.SymbolSize));

    /// <summary>A symbol's st_size, in bytes.</summary>
    public ulong SizeOf(int index) => _data.Word(_symbols.Span, (index * _data.SymbolSize) + (_data.Is64 ? 16 : 8));

    public static ElfSymbolTable Read(BinaryFile file, in ElfHeader header, ElfSegments segments, ElfDynamic dynamic)
    {
        ElfData data = header.Data;
        ulong address = dynamic.Find(ElfTag.Symbols) ?? 0;
        uint count = new ElfHashTable(file, data, segments, dynamic).CountSymbols();
        uint bySections = ElfSections.CountSymbols(file, header, dynamic);
        if (bySections > count && segments.TryMap(address, bySections * (ulong)data.SymbolSize, out _))
        {
            count = bySections;
        }

        return Read(file, data, segments, dynamic, count);
    }

    /// <param name="count">How many symbols there are.</param>
    public static ElfSymbolTable Read(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic, uint count)
    {
        ulong address = dynamic.Find(ElfTag.Symbols) ?? 0;
        ulong size = count * (ulong)data.SymbolSize;
        if (!segments.TryMap(address, size, out ulong offset))
        {
            throw file.Malformed("DT_SYMTAB", "a range within one loaded segment", $"address 0x{address:X}, {count:N0} symbols");
        }

        ReadOnlyMemory<byte> symbols = file.ReadTable(offset, size, "the symbol table");
        (ulong stringsOffset, ulong stringsSize) = dynamic.Strings;
        return new ElfSymbolTable(file, data, symbols, file.ReadTable(stringsOffset, stringsSize, "the symbols' names"));
    }

    /// <summary>How many names are exported, and how many are left open.</summary>
    public (int Exported, int Open) CountNames()
    {
        int exported = 0;
        int open = 0;
        for (int i = 1; i < Count; i++)
        {
            ElfSymbol symbol = this[i];
            exported += symbol.IsExported ? 1 : 0;
            open += symbol.IsOpen ? 1 : 0;
        }

        return (exported, open);
    }

    /// <summary>The first bytes of a symbol's name, up to its end or to <paramref name="limit"/>.</summary>
    public ReadOnlySpan<byte> NameOf(in ElfSymbol symbol, int limit = 4096) => StringAt(symbol.Name, limit);

    /// <summary>A text of the string table. Many entries may share one text, so the total length of what is returned is limited.</summary>
    public string Text(uint offset)
    {
        ReadOnlySpan<byte> bytes = StringAt(offset, 4096);
        _text += bytes.Length;
        return _text <= MaxText
            ? Encoding.UTF8.GetString(bytes)
            : throw _file.Malformed("symbol names", $"at most {MaxText:N0} bytes in all", "more");
    }

    private ReadOnlySpan<byte> StringAt(uint offset, int limit)
    {
        if (offset >= (uint)_strings.Length)
        {
            return default;
        }

        ReadOnlySpan<byte> rest = _strings.Span[(int)offset..];
        rest = rest[..Math.Min(rest.Length, limit)];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
