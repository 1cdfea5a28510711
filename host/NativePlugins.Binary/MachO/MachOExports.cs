using System.Text;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.MachO;

/// <summary>
/// The names that a Mach-O file exports: from its export trie (mach-o/loader.h, "export information"), or from its symbol table if it has
/// no trie (mach-o/nlist.h).
/// </summary>
internal static class MachOExports
{
    private const uint SymbolTable = 0x2;
    private const ulong MaxTrie = 16 << 20;
    private const int MaxNames = 1 << 20;
    private const int MaxName = 4096;

    /// <summary>Each name without the underscore with which C names begin.</summary>
    public static List<string> ReadExports(BinaryFile file, MachOHeader header)
    {
        foreach ((uint Number, int Offset, int Size) command in header.Commands)
        {
            (uint offset, uint size) = command.Number switch
            {
                0x22 or 0x80000022 => (header.Field(command, 40), header.Field(command, 44)), // LC_DYLD_INFO(_ONLY)
                0x80000033 => (header.Field(command, 8), header.Field(command, 12)),          // LC_DYLD_EXPORTS_TRIE
                _ => (0u, 0u),
            };
            if (size > 0)
            {
                if (size > MaxTrie)
                {
                    throw file.Malformed("export trie", $"at most {MaxTrie:N0} bytes", $"{size:N0}");
                }

                return ReadTrie(file, header.Slice.ReadTable(file, offset, size, "the export trie").Span);
            }
        }

        return ReadSymbols(file, header, undefined: false);
    }

    /// <summary>The names that are left open, each with the library that must define it if the file says which.</summary>
    public static List<BinarySymbol> ReadUndefined(BinaryFile file, MachOHeader header, IReadOnlyList<string> needed)
    {
        const uint TwoLevelNames = 0x80; // MH_TWOLEVEL
        const int WeakReference = 0x40;  // N_WEAK_REF
        var libraries = new List<ushort>();
        List<string> names = ReadSymbols(file, header, undefined: true, libraries);
        var symbols = new List<BinarySymbol>(names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            int ordinal = (header.Flags & TwoLevelNames) != 0 ? libraries[i] >> 8 : 0;
            string? library = ordinal > 0 && ordinal <= needed.Count ? needed[ordinal - 1] : null;
            symbols.Add(new BinarySymbol(names[i], null, (libraries[i] & WeakReference) != 0, library));
        }

        return symbols;
    }

    /// <summary>The names in the symbol table that are defined and visible, or those that are left open.</summary>
    /// <param name="descriptions">Receives the n_desc of each.</param>
    private static List<string> ReadSymbols(BinaryFile file, MachOHeader header, bool undefined, List<ushort>? descriptions = null)
    {
        var names = new List<string>();
        foreach ((uint Number, int Offset, int Size) command in header.Commands)
        {
            if (command.Number == SymbolTable)
            {
                ulong count = header.Field(command, 12);
                int entrySize = header.Is64 ? 16 : 12;
                ReadOnlySpan<byte> symbols = header.Slice.ReadTable(file, header.Field(command, 8), count * (ulong)entrySize, "the symbol table").Span;
                ReadOnlySpan<byte> strings = header.Slice.ReadTable(file, header.Field(command, 16), header.Field(command, 20), "the symbols' names").Span;
                AddSymbols(file, header, symbols, strings, entrySize, undefined, names, descriptions);
            }
        }

        return names;
    }

    private static void AddSymbols(
        BinaryFile file, MachOHeader header, ReadOnlySpan<byte> symbols, ReadOnlySpan<byte> strings, int entrySize, bool undefined, List<string> names,
        List<ushort>? descriptions)
    {
        long text = 0;
        for (int i = 0; i < symbols.Length; i += entrySize)
        {
            byte type = symbols[i + 4];
            bool isExternal = (type & 0xE0) == 0 && (type & 0x11) == 1; // N_EXT without N_STAB and N_PEXT.
            bool isUndefined = (type & 0x0E) is 0 or 0x0C;              // N_UNDF, N_PBUD
            uint name = header.U32(symbols, i);
            if (!isExternal || isUndefined != undefined || name >= (uint)strings.Length)
            {
                continue;
            }

            ReadOnlySpan<byte> rest = strings[(int)name..];
            rest = rest[..Math.Min(rest.Length, MaxName)];
            int end = rest.IndexOf((byte)0);
            Add(file, names, end < 0 ? rest : rest[..end], ref text);
            descriptions?.Add(header.U16(symbols, i + 6));
        }
    }

    private static List<string> ReadTrie(BinaryFile file, ReadOnlySpan<byte> trie)
    {
        var names = new List<string>();
        var pending = new Stack<(int Node, byte[] Name)>();
        var seen = new HashSet<int>();
        pending.Push((0, []));
        long text = 0;
        while (pending.TryPop(out (int Node, byte[] Name) next))
        {
            if (!seen.Add(next.Node))
            {
                throw file.Malformed("export trie", "a tree", $"two ways to node {next.Node:N0}");
            }

            int at = next.Node;
            ulong terminal = ReadUleb(file, trie, ref at);
            if (terminal > 0)
            {
                Add(file, names, next.Name, ref text);
            }

            if (terminal >= (ulong)(trie.Length - at))
            {
                throw file.Malformed("export trie", $"a node that ends before {trie.Length:N0}", $"{at:N0} + {terminal:N0}");
            }

            at += (int)terminal;
            int children = trie[at++];
            for (int i = 0; i < children; i++)
            {
                int end = trie[at..].IndexOf((byte)0);
                if (end < 0 || next.Name.Length + end > MaxName)
                {
                    throw file.Malformed("export trie", $"names of at most {MaxName:N0} bytes", "a longer one");
                }

                byte[] name = [.. next.Name, .. trie.Slice(at, end)];
                at += end + 1;
                ulong child = ReadUleb(file, trie, ref at);
                text += name.Length;
                if (child >= (ulong)trie.Length || text > (long)MaxTrie)
                {
                    throw file.Malformed("export trie", $"a node below {trie.Length:N0}", $"{child:N0}");
                }

                pending.Push(((int)child, name));
            }
        }

        return names;
    }

    private static void Add(BinaryFile file, List<string> names, ReadOnlySpan<byte> name, ref long text)
    {
        text += name.Length;
        if (names.Count == MaxNames || text > (long)BinaryFile.MaxRead)
        {
            throw file.Malformed("exports", $"at most {MaxNames:N0}", "more");
        }

        names.Add(Encoding.UTF8.GetString(name.StartsWith("_"u8) ? name[1..] : name));
    }

    private static ulong ReadUleb(BinaryFile file, ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63 && at < bytes.Length; shift += 7)
        {
            byte part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                return value;
            }
        }

        throw file.Malformed("export trie", "a number within it", "none");
    }
}
