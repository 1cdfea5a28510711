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

    public List<string> ReadImportedLibraries()
    {
        const uint EntrySize = 20;
        const int NameField = 12;
        var libraries = new List<string>();
        DirectoryEntry table = headers.PEHeader!.ImportTableDirectory;
        if (table.RelativeVirtualAddress == 0)
        {
            return libraries;
        }

        for (uint i = 0; i < MaxLibraries; i++)
        {
            byte[] entry = ReadRange((uint)table.RelativeVirtualAddress + (i * EntrySize), EntrySize, "the import table");
            uint name = U32(entry, NameField);
            if (name == 0)
            {
                return libraries;
            }

            libraries.Add(ReadText(name, "an imported library's name"));
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
