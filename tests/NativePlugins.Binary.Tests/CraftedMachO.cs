using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Binary.Tests;

/// <summary>Small Mach-O files, as mach-o/loader.h describes them.</summary>
internal static class CraftedMachO
{
    public const uint X64 = 0x01000007;
    public const uint Arm64 = 0x0100000C;

    public static byte[] Library(
        uint cpu = Arm64, uint fileType = 6, uint platform = 1, string entry = "_np_plugin_entry_v1", bool withTrie = true)
    {
        byte[] trie = Trie(entry);
        byte[] strings = Encoding.UTF8.GetBytes($"\0{entry}\0_malloc\0");
        const uint HeaderSize = 32;
        byte[] id = NameCommand(0xD, "@rpath/libx.dylib");
        byte[] needed = NameCommand(0xC, "/usr/lib/libSystem.B.dylib");
        byte[] build = Words(0x32, 24, platform, 0, 0, 0);
        const uint SymtabSize = 24;
        const uint TrieSize = 16;
        const uint SegmentSize = 72;
        uint commandsSize = SegmentSize + (uint)(id.Length + needed.Length + build.Length) + SymtabSize + (withTrie ? TrieSize : 0);
        uint symbolsAt = HeaderSize + commandsSize;
        uint stringsAt = symbolsAt + 32;
        uint trieAt = stringsAt + (uint)strings.Length;
        var file = new List<byte>();
        file.AddRange(Words(0xFEEDFACF, cpu, 0, fileType, withTrie ? 6u : 5u, commandsSize, 0, 0));
        file.AddRange(Segment("__TEXT", 0, 0x4000, 0, trieAt + (uint)trie.Length));
        file.AddRange(id);
        file.AddRange(needed);
        file.AddRange(build);
        file.AddRange(Words(0x2, SymtabSize, symbolsAt, 2, stringsAt, (uint)strings.Length));
        if (withTrie)
        {
            file.AddRange(Words(0x80000033, TrieSize, trieAt, (uint)trie.Length));
        }

        file.AddRange(Symbol(1, 0x0F, 0x1000));                       // N_SECT | N_EXT
        file.AddRange(Symbol((uint)entry.Length + 2, 0x01, 0));       // N_UNDF | N_EXT
        file.AddRange(strings);
        file.AddRange(trie);
        return [.. file];
    }

    /// <summary>The header, and the names of needed libraries, of a 64-bit library for a big-endian processor.</summary>
    public static byte[] BigEndianLibrary()
    {
        const uint PowerPc64 = 0x01000012;
        byte[] id = Swapped(NameCommand(0xD, "@rpath/libx.dylib"));
        byte[] needed = Swapped(NameCommand(0xC, "/usr/lib/libSystem.B.dylib"));
        return [.. BigEndian(0xFEEDFACF, PowerPc64, 0, 6, 2, (uint)(id.Length + needed.Length), 0x80, 0), .. id, .. needed];
    }

    /// <summary>A command with its numbers in the other byte order. Its text is unchanged.</summary>
    private static byte[] Swapped(byte[] command)
    {
        for (int at = 0; at < 24; at += 4)
        {
            command.AsSpan(at, 4).Reverse();
        }

        return command;
    }

    public static byte[] Universal(params byte[][] slices)
    {
        int at = 8 + (slices.Length * 20);
        var file = new List<byte>();
        file.AddRange(BigEndian(0xCAFEBABE, (uint)slices.Length));
        foreach (byte[] slice in slices)
        {
            uint cpu = BinaryPrimitives.ReadUInt32LittleEndian(slice.AsSpan(4));
            file.AddRange(BigEndian(cpu, 0, (uint)at, (uint)slice.Length, 0));
            at += slice.Length;
        }

        return [.. file, .. slices.SelectMany(slice => slice)];
    }

    /// <summary>A trie whose root has one edge, to one exported name.</summary>
    private static byte[] Trie(string name)
    {
        byte[] edge = [.. Encoding.UTF8.GetBytes(name), 0];
        byte child = (byte)(3 + edge.Length);
        return [0, 1, .. edge, child, 2, 0, 0x10, 0, 0];
    }

    /// <summary>LC_SEGMENT_64 without sections, that may be read and executed.</summary>
    public static byte[] Segment(string name, ulong address, ulong size, ulong fileOffset, ulong fileSize)
    {
        byte[] command = new byte[72];
        Words(0x19, 72).CopyTo(command, 0);
        Encoding.UTF8.GetBytes(name).CopyTo(command, 8);
        ulong[] places = [address, size, fileOffset, fileSize];
        for (int i = 0; i < places.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(command.AsSpan(24 + (i * 8)), places[i]);
        }

        Words(5, 5, 0, 0).CopyTo(command, 56);
        return command;
    }

    private static byte[] NameCommand(uint number, string name)
    {
        int size = (24 + name.Length + 1 + 7) & ~7;
        byte[] command = new byte[size];
        Words(number, (uint)size, 24, 0, 0, 0).CopyTo(command, 0);
        Encoding.UTF8.GetBytes(name).CopyTo(command, 24);
        return command;
    }

    private static byte[] Symbol(uint name, byte type, ulong value)
    {
        byte[] symbol = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(symbol, name);
        symbol[4] = type;
        BinaryPrimitives.WriteUInt64LittleEndian(symbol.AsSpan(8), value);
        return symbol;
    }

    private static byte[] Words(params uint[] values) =>
        values.SelectMany(value => BitConverter.GetBytes(value)).ToArray();

    private static byte[] BigEndian(params uint[] values) =>
        values.SelectMany(value => BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(value))).ToArray();
}
