using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;

namespace NativePlugins.Host;

/// <summary>The export and import tables: PE Format, "The .edata Section", "The .idata Section".</summary>
internal sealed class PeTables(BinaryFile file, PEHeaders headers)
{
    private const int MaxNames = 65_536; // Ordinals are 16 bits wide.
    private const int MaxLibraries = 4096;
    private const int MaxName = 4096;

    public string? ReadExportedLibraryName() =>
        ReadExportDirectory() is { } directory ? ReadText(U32(directory, 12), "the export table's name") : null;

    public List<string> ReadExportedNames()
    {
        var names = new List<string>();
        if (ReadExportDirectory() is not { } directory)
        {
            return names;
        }

        uint count = U32(directory, 24);
        if (count > MaxNames)
        {
            throw file.Malformed("NumberOfNamePointers", $"at most {MaxNames:N0}", $"{count:N0}");
        }

        byte[] pointers = ReadRange(U32(directory, 32), count * 4, "the export name table");
        for (int i = 0; i < pointers.Length; i += 4)
        {
            names.Add(ReadText(U32(pointers, i), "an exported name"));
        }

        return names;
    }

    public List<string> ReadImportedLibraries() =>
        ReadImports().ConvertAll(import => ReadText(U32(import, 12), "an imported library's name"));

    /// <summary>The functions that it takes from other libraries; those taken by number are named <c>#12</c>.</summary>
    public List<BinarySymbol> ReadImportedNames()
    {
        var names = new List<BinarySymbol>();
        bool is64 = headers.PEHeader!.Magic == PEMagic.PE32Plus;
        uint size = is64 ? 8u : 4u;
        foreach (byte[] import in ReadImports())
        {
            string library = ReadText(U32(import, 12), "an imported library's name");
            uint table = U32(import, 0) != 0 ? U32(import, 0) : U32(import, 16);
            for (uint at = table; at != 0; at += size)
            {
                byte[] entry = ReadRange(at, size, "an import lookup table");
                ulong value = is64 ? BinaryPrimitives.ReadUInt64LittleEndian(entry) : U32(entry, 0);
                if (value == 0)
                {
                    break;
                }

                bool isNumber = (value >> (is64 ? 63 : 31)) != 0;
                string name = isNumber ? $"#{value & 0xFFFF}" : ReadText((uint)(value & 0x7FFFFFFF) + 2, "an imported name");
                names.Add(new BinarySymbol(name, null, false, library));
                if (names.Count > MaxNames)
                {
                    throw file.Malformed("import lookup tables", $"at most {MaxNames:N0} names", "more");
                }
            }
        }

        return names;
    }

    /// <summary>The GUID of the debug file that belongs to it, or null. What is not well-formed counts as absent.</summary>
    public string? ReadDebugGuid()
    {
        const int EntrySize = 28;
        const int CodeView = 2;
        DirectoryEntry table = headers.PEHeader!.DebugTableDirectory;
        if (table.RelativeVirtualAddress == 0 || table.Size is < EntrySize or > EntrySize * 64)
        {
            return null;
        }

        byte[] entries = ReadRange((uint)table.RelativeVirtualAddress, (uint)table.Size, "the debug directory");
        for (int at = 0; at + EntrySize <= entries.Length; at += EntrySize)
        {
            ulong offset = U32(entries, at + 24);
            if (U32(entries, at + 12) == CodeView && U32(entries, at + 16) >= 24 && offset < file.Size && file.Size - offset >= 24)
            {
                byte[] record = file.ReadTable(offset, 24, "the name of the debug file");
                return record.AsSpan().StartsWith("RSDS"u8) ? new Guid(record.AsSpan(4, 16)).ToString("N") : null;
            }
        }

        return null;
    }

    private List<byte[]> ReadImports()
    {
        const uint EntrySize = 20;
        const int NameField = 12;
        var imports = new List<byte[]>();
        DirectoryEntry table = headers.PEHeader!.ImportTableDirectory;
        if (table.RelativeVirtualAddress == 0)
        {
            return imports;
        }

        for (uint i = 0; i < MaxLibraries; i++)
        {
            byte[] entry = ReadRange((uint)table.RelativeVirtualAddress + (i * EntrySize), EntrySize, "the import table");
            if (U32(entry, NameField) == 0)
            {
                return imports;
            }

            imports.Add(entry);
        }

        throw file.Malformed("import table", $"at most {MaxLibraries:N0} libraries", "more");
    }

    private byte[]? ReadExportDirectory()
    {
        const uint Size = 40;
        DirectoryEntry table = headers.PEHeader!.ExportTableDirectory;
        return table.RelativeVirtualAddress == 0 || table.Size == 0
            ? null
            : ReadRange((uint)table.RelativeVirtualAddress, Size, "the export table");
    }

    private string ReadText(uint address, string what)
    {
        (ulong offset, ulong available) = Map(address, 1, what);
        Span<byte> bytes = stackalloc byte[MaxName];
        for (int length = 64; length <= MaxName; length *= 8)
        {
            Span<byte> text = bytes[..(int)Math.Min((ulong)length, available)];
            file.Read(offset, text, what);
            int end = text.IndexOf((byte)0);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(text[..end]);
            }
        }

        throw file.Malformed(what, $"a text of at most {MaxName:N0} bytes, ended by NUL", "none");
    }

    private byte[] ReadRange(uint address, uint length, string what)
    {
        (ulong offset, _) = Map(address, length, what);
        return file.ReadTable(offset, length, what);
    }

    private (ulong Offset, ulong Available) Map(uint address, uint length, string what)
    {
        foreach (SectionHeader section in headers.SectionHeaders)
        {
            uint start = (uint)section.VirtualAddress;
            uint size = (uint)section.SizeOfRawData;
            if (address >= start && address - start <= size && length <= size - (address - start))
            {
                return ((ulong)(uint)section.PointerToRawData + (address - start), size - (address - start));
            }
        }

        throw file.Malformed(what, "an address in one of the sections", $"0x{address:X}, {length:N0} bytes");
    }

    private static uint U32(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}
