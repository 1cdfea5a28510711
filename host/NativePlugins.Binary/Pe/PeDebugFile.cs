using System.Reflection.PortableExecutable;

namespace NativePlugins.Binary.Pe;

/// <summary>The debug directory: PE Format, "The .debug Section".</summary>
internal static class PeDebugFile
{
    /// <summary>The GUID of the file's debug file, or null. A directory that is not well-formed counts as absent.</summary>
    public static string? ReadGuid(PeTables tables)
    {
        const int EntrySize = 28;
        const int CodeView = 2;
        DirectoryEntry table = tables.Header.DebugTableDirectory;
        if (table.RelativeVirtualAddress == 0 || table.Size is < EntrySize or > EntrySize * 64)
        {
            return null;
        }

        byte[] entries = tables.ReadRange((uint)table.RelativeVirtualAddress, (uint)table.Size, "the debug directory");
        for (int at = 0; at + EntrySize <= entries.Length; at += EntrySize)
        {
            ulong offset = PeTables.U32(entries, at + 24);
            if (PeTables.U32(entries, at + 12) == CodeView && PeTables.U32(entries, at + 16) >= 24 && offset < tables.File.Size && tables.File.Size - offset >= 24)
            {
                ReadOnlySpan<byte> record = tables.File.ReadTable(offset, 24, "the name of the debug file").Span;
                return record.StartsWith("RSDS"u8) ? new Guid(record.Slice(4, 16)).ToString("N") : null;
            }
        }

        return null;
    }
}
