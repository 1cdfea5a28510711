using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Elf;

/// <summary>Checks the version tables as the system's loader walks them: glibc, elf/dl-version.c.</summary>
internal sealed class ElfVersionCheck(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
{
    private uint _highest;

    /// <returns>The highest index of a version.</returns>
    public uint CheckTables()
    {
        if (dynamic.Find(ElfTag.VersionDefinitions) is { } definitions)
        {
            WalkDefinitions(Read(definitions, "DT_VERDEF"));
        }

        if (dynamic.Find(ElfTag.VersionNeeds) is { } needs)
        {
            WalkNeeds(Read(needs, "DT_VERNEED"));
        }

        return _highest;
    }

    public void CheckIndices(uint symbolCount, uint highest)
    {
        ulong size = symbolCount * 2UL;
        if (dynamic.Find(ElfTag.VersionSymbols) is not { } address || !segments.TryMap(address, size, out ulong offset))
        {
            throw file.Malformed("DT_VERSYM", "a table of two bytes for each symbol within one loaded segment", $"address 0x{dynamic.Find(ElfTag.VersionSymbols):X}");
        }

        ReadOnlySpan<byte> indices = file.ReadTable(offset, size, "the symbols' versions").Span;
        for (int i = 0; i < indices.Length; i += 2)
        {
            int index = data.U16(indices, i) & 0x7FFF;
            if (index > Math.Max(highest, 1))
            {
                throw file.Malformed($"DT_VERSYM, symbol {i / 2}", $"at most {highest}", $"{index}");
            }
        }
    }

    private void WalkDefinitions(ElfVersionTable table)
    {
        ulong at = 0;
        for (int i = 0; i < ElfVersionTable.MaxEntries; i++)
        {
            Require(table, at, 20, "DT_VERDEF");
            Note(table.U16(at + 4));
            ulong name = at + table.U32(at + 12);
            Require(table, name, 8, "DT_VERDEF, vd_aux");
            RequireText(table.U32(name), "DT_VERDEF, vda_name");
            uint next = table.U32(at + 16);
            if (next == 0)
            {
                return;
            }

            at += next;
        }

        throw file.Malformed("DT_VERDEF", $"at most {ElfVersionTable.MaxEntries:N0} entries", "more");
    }

    private void WalkNeeds(ElfVersionTable table)
    {
        List<string> needed = dynamic.ReadNeeded();
        ulong at = 0;
        for (int entries = 0; entries < ElfVersionTable.MaxEntries; entries++)
        {
            Require(table, at, 16, "DT_VERNEED");
            if (entries == 0 && table.U16(at) is not 1 and ushort form)
            {
                throw file.Malformed("DT_VERNEED, vn_version", "1", $"{form}");
            }

            string library = dynamic.ReadText(table.U32(at + 4), "DT_VERNEED, vn_file");
            if (!needed.Contains(library))
            {
                throw file.Malformed("DT_VERNEED, vn_file", "a library that is needed", UntrustedText.Quote(library));
            }

            ulong need = at + table.U32(at + 8);
            for (; entries < ElfVersionTable.MaxEntries; entries++)
            {
                Require(table, need, 16, "DT_VERNEED, vn_aux");
                Note(table.U16(need + 6));
                RequireText(table.U32(need + 8), "DT_VERNEED, vna_name");
                RequireHash(table, need);
                uint nextNeed = table.U32(need + 12);
                if (nextNeed == 0)
                {
                    break;
                }

                need += nextNeed;
            }

            uint next = table.U32(at + 12);
            if (next == 0)
            {
                return;
            }

            at += next;
        }

        throw file.Malformed("DT_VERNEED", $"at most {ElfVersionTable.MaxEntries:N0} entries", "more");
    }

    private ElfVersionTable Read(ulong address, string field) => ElfVersionTable.Open(file, data, segments, address)
        ?? throw file.Malformed(field, "an address in a loaded segment", $"0x{address:X}");

    private void Note(uint index) => _highest = Math.Max(_highest, index & 0x7FFF);

    private void Require(ElfVersionTable table, ulong offset, ulong length, string field)
    {
        if (!table.Holds(offset, length))
        {
            throw file.Malformed(field, "an offset within its segment", $"{offset:N0}");
        }
    }

    /// <summary>The loader looks for the hash in the library that defines the version, and compares names only if it finds the hash.</summary>
    private void RequireHash(ElfVersionTable table, ulong need)
    {
        string version = dynamic.ReadText(table.U32(need + 8), "DT_VERNEED, vna_name");
        uint expected = ElfHashTable.Hash(Encoding.UTF8.GetBytes(version));
        if (table.U32(need) is var found && found != expected)
        {
            throw file.Malformed("DT_VERNEED, vna_hash", $"0x{expected:X}, the hash of {UntrustedText.Quote(version)}", $"0x{found:X}");
        }
    }

    private void RequireText(uint offset, string field)
    {
        if (offset >= dynamic.Strings.Size)
        {
            throw file.Malformed(field, $"an offset below DT_STRSZ, {dynamic.Strings.Size:N0}", $"{offset:N0}");
        }
    }
}
