using System.Globalization;
using System.Reflection.PortableExecutable;

namespace NativePlugins.Binary.Pe;

/// <summary>The export table: PE Format, "The .edata Section (Image Only)".</summary>
internal sealed class PeExports
{
    private const uint MaxEntries = 65_536; // Ordinals are 16 bits wide.

    private readonly PeTables _tables;
    private readonly DirectoryEntry _table;
    private readonly byte[]? _directory;

    public PeExports(PeTables tables)
    {
        const uint DirectorySize = 40;
        _tables = tables;
        _table = tables.Header.ExportTableDirectory;
        _directory = _table.RelativeVirtualAddress == 0 || _table.Size == 0
            ? null
            : tables.ReadRange((uint)_table.RelativeVirtualAddress, DirectorySize, "the export table");
    }

    /// <summary>The name that the linker gave to the library.</summary>
    public string? ReadLibraryName() =>
        _directory is null ? null : _tables.ReadText(PeTables.U32(_directory, 12), "the export table's name");

    /// <summary>First the exports with a name, in the order of names, then those with only a number, as <c>#12</c>.</summary>
    public List<BinarySymbol> Read()
    {
        var symbols = new List<BinarySymbol>();
        if (_directory is null)
        {
            return symbols;
        }

        uint first = PeTables.U32(_directory, 16);
        byte[] addresses = ReadTable(20, 28, 4, "the export address table");
        byte[] names = ReadTable(24, 32, 4, "the export name table");
        byte[] indices = ReadTable(24, 36, 2, "the export ordinal table");
        var named = new HashSet<int>();
        for (int i = 0; i < names.Length / 4; i++)
        {
            int index = PeTables.U16(indices, i * 2);
            if (index >= addresses.Length / 4)
            {
                throw _tables.File.Malformed($"export ordinal table, entry {i}", $"an index below {addresses.Length / 4:N0}", $"{index:N0}");
            }

            named.Add(index);
            symbols.Add(Describe(_tables.ReadText(PeTables.U32(names, i * 4), "an exported name"), addresses, index, first));
        }

        for (int index = 0; index < addresses.Length / 4; index++)
        {
            if (PeTables.U32(addresses, index * 4) != 0 && !named.Contains(index))
            {
                symbols.Add(Describe(PeImports.NameOf((ushort)(first + index)), addresses, index, first));
            }
        }

        return symbols;
    }

    private BinarySymbol Describe(string name, byte[] addresses, int index, uint first)
    {
        // An address inside the export table itself is that of a text: the library and the name to which the export is forwarded.
        uint address = PeTables.U32(addresses, index * 4);
        uint start = (uint)_table.RelativeVirtualAddress;
        bool isForwarded = address >= start && address - start < (uint)_table.Size;
        return new BinarySymbol(name, null, false, null)
        {
            Ordinal = (ushort)(first + index),
            Forwarder = isForwarded ? _tables.ReadText(address, "a forwarder") : null,
        };
    }

    private byte[] ReadTable(int countField, int addressField, uint entrySize, string what)
    {
        uint count = PeTables.U32(_directory!, countField);
        if (count > MaxEntries)
        {
            throw _tables.File.Malformed(what, string.Create(CultureInfo.InvariantCulture, $"at most {MaxEntries:N0} entries"), $"{count:N0}");
        }

        return count == 0 ? [] : _tables.ReadRange(PeTables.U32(_directory!, addressField), count * entrySize, what);
    }
}
