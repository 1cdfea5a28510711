namespace NativePlugins.Host;

/// <summary>Checks the version tables as the system's loader walks them: glibc, elf/dl-version.c.</summary>
internal sealed class ElfVersionCheck(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
{
    private const int MaxEntries = 65_536;
    private const ulong MaxTable = 4 << 20;

    private uint _highest;

    /// <returns>The highest index that a version has.</returns>
    public uint CheckTables()
    {
        if (dynamic.Find(ElfTag.VersionDefinitions) is { } definitions)
        {
            WalkDefinitions(Read(definitions, "DT_VERDEF").Span);
        }

        if (dynamic.Find(ElfTag.VersionNeeds) is { } needs)
        {
            WalkNeeds(Read(needs, "DT_VERNEED").Span);
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

    private void WalkDefinitions(ReadOnlySpan<byte> bytes)
    {
        ulong at = 0;
        for (int i = 0; i < MaxEntries; i++)
        {
            Require(bytes, at, 20, "DT_VERDEF");
            Note((uint)data.U16(bytes, (int)at + 4));
            ulong name = at + data.U32(bytes, (int)at + 12);
            Require(bytes, name, 8, "DT_VERDEF, vd_aux");
            RequireText(data.U32(bytes, (int)name), "DT_VERDEF, vda_name");
            uint next = data.U32(bytes, (int)at + 16);
            if (next == 0)
            {
                return;
            }

            at += next;
        }

        throw file.Malformed("DT_VERDEF", $"at most {MaxEntries:N0} entries", "more");
    }

    private void WalkNeeds(ReadOnlySpan<byte> bytes)
    {
        List<string> needed = dynamic.ReadNeeded();
        ulong at = 0;
        for (int entries = 0; entries < MaxEntries; entries++)
        {
            Require(bytes, at, 16, "DT_VERNEED");
            string library = dynamic.ReadText(data.U32(bytes, (int)at + 4), "DT_VERNEED, vn_file");
            if (!needed.Contains(library))
            {
                throw file.Malformed("DT_VERNEED, vn_file", "a library that is needed", UntrustedText.Quote(library));
            }

            ulong need = at + data.U32(bytes, (int)at + 8);
            for (; entries < MaxEntries; entries++)
            {
                Require(bytes, need, 16, "DT_VERNEED, vn_aux");
                Note((uint)data.U16(bytes, (int)need + 6));
                RequireText(data.U32(bytes, (int)need + 8), "DT_VERNEED, vna_name");
                uint nextNeed = data.U32(bytes, (int)need + 12);
                if (nextNeed == 0)
                {
                    break;
                }

                need += nextNeed;
            }

            uint next = data.U32(bytes, (int)at + 12);
            if (next == 0)
            {
                return;
            }

            at += next;
        }

        throw file.Malformed("DT_VERNEED", $"at most {MaxEntries:N0} entries", "more");
    }

    private ReadOnlyMemory<byte> Read(ulong address, string field)
    {
        ulong size = Math.Min(segments.BytesFrom(address), MaxTable);
        return size > 0 && segments.TryMap(address, size, out ulong offset)
            ? file.ReadTable(offset, size, "the version table")
            : throw file.Malformed(field, "an address in a loaded segment", $"0x{address:X}");
    }

    private void Note(uint index) => _highest = Math.Max(_highest, index & 0x7FFF);

    private void Require(ReadOnlySpan<byte> bytes, ulong offset, ulong length, string field)
    {
        if (offset > (ulong)bytes.Length || length > (ulong)bytes.Length - offset)
        {
            throw file.Malformed(field, "an offset within its segment", $"{offset:N0}");
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
