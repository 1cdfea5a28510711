using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Conform;

/// <summary>Changes fields of a 64-bit little-endian ELF library by their meaning: gABI, chapters 4 and 5.</summary>
internal sealed class LibraryEditor(byte[] bytes)
{
    public const uint Load = 1;
    public const uint Dynamic = 2;
    public const uint Note = 4;
    public const uint Tls = 7;
    public const ulong Needed = 1;
    public const ulong Strings = 5;
    public const ulong Symbols = 6;
    public const ulong Rela = 7;
    public const ulong RelaSize = 8;
    public const ulong RelaEntry = 9;
    public const ulong PltRelocationsKind = 20;
    public const ulong PltRelocations = 23;
    public const ulong PltRelocationsSize = 2;
    public const ulong TextRelocations = 22;
    public const ulong RelrEntry = 37;
    public const ulong GnuHash = 0x6FFFFEF5;
    public const ulong Flags1 = 0x6FFFFFFB;
    public const ulong VersionDefinitions = 0x6FFFFFFC;
    public const ulong VersionNeeds = 0x6FFFFFFE;
    public const ulong Auxiliary = 0x7FFFFFFD;
    public const ulong Filter = 0x7FFFFFFF;

    public byte[] Bytes { get; private set; } = bytes;

    public void Set8(int at, byte value) => Bytes[at] = value;

    public void Set16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), value);

    public void Set32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), value);

    public void Set64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(at), value);

    public ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at));

    public uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));

    public ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at));

    public void Cut(int length) => Bytes = Bytes[..length];

    /// <summary>Where the program headers of a type stand.</summary>
    public int[] Segments(uint type) =>
        [.. Enumerable.Range(0, U16(56)).Select(i => (int)U64(32) + (i * 56)).Where(at => U32(at) == type)];

    /// <summary>Where in the file an address comes from.</summary>
    public int OffsetOf(ulong address)
    {
        int segment = Segments(Load).First(at => address >= U64(at + 16) && address - U64(at + 16) < U64(at + 32));
        return (int)(U64(segment + 8) + (address - U64(segment + 16)));
    }

    /// <summary>Where the entry of a tag stands in the dynamic section.</summary>
    public int EntryOf(ulong tag)
    {
        for (int at = (int)U64(Segments(Dynamic)[0] + 8); ; at += 16)
        {
            ulong found = U64(at);
            if (found == tag || found == 0)
            {
                return found == tag ? at : throw new InvalidOperationException($"there is no entry of tag 0x{tag:X}");
            }
        }
    }

    public ulong ValueOf(ulong tag) => U64(EntryOf(tag) + 8);

    public void SetValue(ulong tag, ulong value) => Set64(EntryOf(tag) + 8, value);

    /// <summary>Makes an entry one that no loader knows.</summary>
    public void Remove(ulong tag) => Set64(EntryOf(tag), 0x6FFFF000);

    /// <summary>Writes over the first of the spare entries at its end.</summary>
    public void Append(ulong tag, ulong value)
    {
        int at = EntryOf(0);
        Set64(at, tag);
        Set64(at + 8, value);
    }

    /// <summary>Where a text stands in the string table, from its start.</summary>
    public uint TextOf(string text)
    {
        int strings = OffsetOf(ValueOf(Strings));
        int found = Bytes.AsSpan(strings).IndexOf(Encoding.UTF8.GetBytes(text + '\0'));
        return found >= 0 ? (uint)found : throw new InvalidOperationException($"there is no text '{text}'");
    }

    /// <summary>Where the entry of a name stands in the symbol table.</summary>
    public int SymbolOf(string name)
    {
        int strings = OffsetOf(ValueOf(Strings));
        int symbols = OffsetOf(ValueOf(Symbols));
        byte[] wanted = Encoding.UTF8.GetBytes(name + '\0');
        for (int at = symbols + 24; at < strings; at += 24)
        {
            if (Bytes.AsSpan(strings + (int)U32(at)).StartsWith(wanted))
            {
                return at;
            }
        }

        throw new InvalidOperationException($"there is no symbol '{name}'");
    }

    /// <summary>Where the first relocation of a type stands in a table.</summary>
    public int RelocationOf(ulong table, ulong size, uint type)
    {
        int start = OffsetOf(ValueOf(table));
        for (int at = start; at < start + (int)ValueOf(size); at += 24)
        {
            if (U32(at + 8) == type)
            {
                return at;
            }
        }

        throw new InvalidOperationException($"there is no relocation of type {type}");
    }

    /// <summary>Where the entry of a needed version stands, Elf64_Vernaux.</summary>
    public int NeedOf(string version)
    {
        for (int at = OffsetOf(ValueOf(VersionNeeds)); ; at += (int)U32(at + 12))
        {
            for (int need = at + (int)U32(at + 8); ; need += (int)U32(need + 12))
            {
                if (U32(need + 8) == TextOf(version))
                {
                    return need;
                }

                if (U32(need + 12) == 0)
                {
                    break;
                }
            }

            if (U32(at + 12) == 0)
            {
                throw new InvalidOperationException($"there is no version '{version}'");
            }
        }
    }

    /// <summary>Where the entry of a defined version stands, Elf64_Verdef.</summary>
    public int DefinitionOf(string version)
    {
        for (int at = OffsetOf(ValueOf(VersionDefinitions)); ; at += (int)U32(at + 16))
        {
            if (U32(at + (int)U32(at + 12)) == TextOf(version))
            {
                return at;
            }

            if (U32(at + 16) == 0)
            {
                throw new InvalidOperationException($"there is no version '{version}'");
            }
        }
    }
}
