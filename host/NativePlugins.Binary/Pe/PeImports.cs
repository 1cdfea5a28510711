using System.Buffers.Binary;
using System.Globalization;
using System.Reflection.PortableExecutable;

namespace NativePlugins.Binary.Pe;

/// <summary>A library from which a PE file imports functions.</summary>
/// <param name="Name">The name as it is in the file: untrusted text.</param>
/// <param name="IsDelayed">Whether it is loaded at the first call into it.</param>
/// <param name="Names">The address of the table of names and numbers.</param>
internal readonly record struct PeImport(string Name, bool IsDelayed, uint Names);

/// <summary>
/// The import tables: PE Format, "The .idata Section" and "Delay-Load Import Tables (Image Only)".
/// </summary>
internal sealed class PeImports(PeTables tables)
{
    private const uint MaxLibraries = 4096;
    private const int MaxNames = 65_536;

    /// <summary>The name that stands here for a function without one.</summary>
    public static string NameOf(ushort ordinal) => string.Create(CultureInfo.InvariantCulture, $"#{ordinal}");

    public List<PeImport> ReadLibraries() => [.. ReadBound(), .. ReadDelayed()];

    /// <summary>The functions that the file imports; those that it imports by number are named <c>#12</c>.</summary>
    public List<BinarySymbol> ReadNames()
    {
        var names = new List<BinarySymbol>();
        foreach (PeImport import in ReadLibraries())
        {
            ReadNames(import, names);
        }

        return names;
    }

    private void ReadNames(in PeImport import, List<BinarySymbol> names)
    {
        uint size = tables.Is64 ? 8u : 4u;
        for (uint at = import.Names; at != 0; at += size)
        {
            byte[] entry = tables.ReadRange(at, size, "an import lookup table");
            ulong value = tables.Is64 ? BinaryPrimitives.ReadUInt64LittleEndian(entry) : PeTables.U32(entry, 0);
            if (value == 0)
            {
                break;
            }

            bool isNumber = (value >> (tables.Is64 ? 63 : 31)) != 0;
            ushort ordinal = (ushort)value;
            string name = isNumber ? NameOf(ordinal) : tables.ReadText((uint)(value & 0x7FFFFFFF) + 2, "an imported name");
            names.Add(new BinarySymbol(name, null, false, import.Name) { Ordinal = isNumber ? ordinal : null });
            if (names.Count > MaxNames)
            {
                throw tables.File.Malformed("import lookup tables", $"at most {MaxNames:N0} names", "more");
            }
        }
    }

    private List<PeImport> ReadBound()
    {
        const uint EntrySize = 20;
        var imports = new List<PeImport>();
        foreach (byte[] entry in ReadEntries(tables.Header.ImportTableDirectory, EntrySize, nameField: 12, "the import table"))
        {
            string name = tables.ReadText(PeTables.U32(entry, 12), "an imported library's name");
            imports.Add(new PeImport(name, false, PeTables.U32(entry, 0) is not 0 and uint names ? names : PeTables.U32(entry, 16)));
        }

        return imports;
    }

    private List<PeImport> ReadDelayed()
    {
        const uint EntrySize = 32;
        const uint IsRelative = 1;
        var imports = new List<PeImport>();
        foreach (byte[] entry in ReadEntries(tables.Header.DelayImportTableDirectory, EntrySize, nameField: 4, "the delay-load import table"))
        {
            // The first compilers wrote addresses for the library's preferred base, instead of relative ones.
            uint subtract = (PeTables.U32(entry, 0) & IsRelative) != 0 ? 0 : (uint)tables.Header.ImageBase;
            string name = tables.ReadText(PeTables.U32(entry, 4) - subtract, "a delay-loaded library's name");
            uint names = PeTables.U32(entry, 16);
            imports.Add(new PeImport(name, true, names == 0 ? 0 : names - subtract));
        }

        return imports;
    }

    /// <summary>The entries before the one without a name, which ends the table.</summary>
    private List<byte[]> ReadEntries(DirectoryEntry table, uint entrySize, int nameField, string what)
    {
        var entries = new List<byte[]>();
        if (table.RelativeVirtualAddress == 0)
        {
            return entries;
        }

        for (uint i = 0; i < MaxLibraries; i++)
        {
            byte[] entry = tables.ReadRange((uint)table.RelativeVirtualAddress + (i * entrySize), entrySize, what);
            if (PeTables.U32(entry, nameField) == 0)
            {
                return entries;
            }

            entries.Add(entry);
        }

        throw tables.File.Malformed(what, $"at most {MaxLibraries:N0} libraries", "more");
    }
}
