using System.Buffers.Binary;
using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>One library of the cache.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Variant">The subdirectory of glibc-hwcaps in which it lies; null for none.</param>
/// <param name="Capabilities">The bits of the older subdirectories.</param>
/// <param name="IsaLevel">The level of x86-64 that it needs, counted above the first: 1 for x86-64-v2, 2 for v3; 0 where that is not known.</param>
internal readonly record struct LdSoCacheEntry(string Path, string? Variant, ulong Capabilities, uint IsaLevel);

/// <summary>
/// <c>/etc/ld.so.cache</c>: where the libraries of the configured directories are. glibc, sysdeps/generic/dl-cache.h. Not thread-safe.
/// </summary>
internal sealed class LdSoCache
{
    public const string Location = "/etc/ld.so.cache";
    private const int OldHeaderSize = 16; // "ld.so-1.7.0", NUL, the number of entries.
    private const int OldEntrySize = 12;
    private const int HeaderSize = 48;    // The magic, the number of entries, the size of the texts, and more.
    private const int EntrySize = 24;     // Flags, offset of the name, offset of the path, and more.
    private const int MaxText = 4096;
    private const int MaxRemembered = 1 << 14;
    private const uint VariantBit = 1U << 30;   // DL_CACHE_HWCAP_EXTENSION, of the upper half.
    private const uint IsaLevelMask = 0x3FF;    // DL_CACHE_HWCAP_ISA_LEVEL_MASK

    private readonly Dictionary<string, List<LdSoCacheEntry>> _found = [];
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly BinaryTarget _target;
    private readonly bool _isLittleEndian;

    private LdSoCache(byte[] bytes, int start, in BinaryTarget target)
    {
        _bytes = bytes;
        _target = target;
        _isLittleEndian = target.IsLittleEndian;
        _start = start;
    }

    private static ReadOnlySpan<byte> OldMagic => "ld.so-1.7.0\0"u8;

    private static ReadOnlySpan<byte> Magic => "glibc-ld.so.cache1.1"u8;

    /// <summary>Null where there is no cache, as on musl, or where its format is not known.</summary>
    /// <param name="path">Where the cache lies here.</param>
    /// <param name="target">The machine whose system wrote it.</param>
    public static LdSoCache? Open(string path, in BinaryTarget target, FileSystem system)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(path, system);
            return Parse(file.ReadTable(0, file.Size, "the loader's cache").ToArray(), target);
        }
        catch (BinaryException)
        {
            return null;
        }
    }

    internal static LdSoCache? Parse(byte[] bytes, in BinaryTarget target)
    {
        bool isLittleEndian = target.IsLittleEndian;
        int start = 0;
        if (bytes.AsSpan().StartsWith(OldMagic) && bytes.Length >= OldHeaderSize)
        {
            // The new part follows the old one, at a multiple of eight.
            long oldSize = OldHeaderSize + (U32(bytes, 12, isLittleEndian) * (long)OldEntrySize);
            long aligned = (oldSize + 7) & ~7L;
            if (aligned > bytes.Length)
            {
                return null;
            }

            start = (int)aligned;
        }

        return bytes.Length - start >= HeaderSize && bytes.AsSpan(start).StartsWith(Magic) ? new LdSoCache(bytes, start, target) : null;
    }

    /// <summary>
    /// The cache's entries for a name and this machine, in its order. They are remembered, as many libraries ask for the same few names.
    /// </summary>
    public List<LdSoCacheEntry> Find(string name)
    {
        if (_found.TryGetValue(name, out List<LdSoCacheEntry>? known))
        {
            return known;
        }

        if (_found.Count >= MaxRemembered)
        {
            _found.Clear();
        }

        return _found[name] = Search(name);
    }

    private List<LdSoCacheEntry> Search(string name)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        var entries = new List<LdSoCacheEntry>();
        long count = Math.Min(U32(_bytes, _start + 20, _isLittleEndian), (_bytes.Length - _start - HeaderSize) / EntrySize);
        uint[] variants = ReadVariantNames();
        for (int i = 0; i < count; i++)
        {
            int entry = _start + HeaderSize + (i * EntrySize);
            if (Compare(wanted, TextAt(U32(_bytes, entry + 4, _isLittleEndian))) == 0 && IsForTarget(U32(_bytes, entry, _isLittleEndian)))
            {
                uint low = U32(_bytes, entry + 16, _isLittleEndian);
                uint high = U32(_bytes, entry + 20, _isLittleEndian);
                (low, high) = _isLittleEndian ? (low, high) : (high, low);
                bool isVariant = (high & ~IsaLevelMask) == VariantBit;
                entries.Add(new LdSoCacheEntry(
                    Encoding.UTF8.GetString(TextAt(U32(_bytes, entry + 8, _isLittleEndian))),
                    isVariant ? (low < variants.Length ? TextOfVariant(variants[low]) : string.Empty) : null,
                    isVariant ? 0 : ((ulong)high << 32) | low,
                    isVariant ? high & IsaLevelMask : 0));
            }
        }

        return entries;
    }

    /// <summary>Compares names as the loader does, in whose order they are sorted: digits by the number that they make.</summary>
    internal static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int l = 0;
        int r = 0;
        while (l < left.Length)
        {
            byte other = r < right.Length ? right[r] : (byte)0;
            if (char.IsAsciiDigit((char)left[l]))
            {
                if (!char.IsAsciiDigit((char)other))
                {
                    return 1;
                }

                int difference = unchecked(Number(left, ref l) - Number(right, ref r));
                if (difference != 0)
                {
                    return difference;
                }
            }
            else if (char.IsAsciiDigit((char)other) || left[l] != other)
            {
                return char.IsAsciiDigit((char)other) ? -1 : (sbyte)left[l] - (sbyte)other;
            }
            else
            {
                l++;
                r++;
            }
        }

        return r < right.Length ? -1 : 0;

        static int Number(ReadOnlySpan<byte> text, ref int at)
        {
            int value = 0;
            while (at < text.Length && char.IsAsciiDigit((char)text[at]))
            {
                value = unchecked((value * 10) + text[at++] - '0');
            }

            return value;
        }
    }

    /// <summary>
    /// The kinds that ldconfig gives to a machine's libraries: glibc, sysdeps/generic/ldconfig.h. For other machines every kind is taken.
    /// </summary>
    private bool IsForTarget(uint flags) => (_target.Architecture, _target.Bits) switch
    {
        ("x86-64", 64) => flags == 0x303,
        ("x86-64", _) => flags == 0x803,
        ("AArch64", 64) => flags == 0xA03,
        ("x86", _) => flags == 3,
        _ => true,
    };

    /// <summary>The cache's extension that names the subdirectories of glibc-hwcaps, as offsets of their names.</summary>
    private uint[] ReadVariantNames()
    {
        const uint Magic = 0xEAA42174;
        const uint Names = 1;
        uint offset = U32(_bytes, _start + 32, _isLittleEndian);
        if (offset == 0 || offset > _bytes.Length - 8 || U32(_bytes, (int)offset, _isLittleEndian) != Magic)
        {
            return [];
        }

        long count = Math.Min(U32(_bytes, (int)offset + 4, _isLittleEndian), (_bytes.Length - offset - 8) / 16);
        for (int i = 0; i < count; i++)
        {
            int section = (int)offset + 8 + (i * 16);
            uint start = U32(_bytes, section + 8, _isLittleEndian);
            uint size = U32(_bytes, section + 12, _isLittleEndian);
            if (U32(_bytes, section, _isLittleEndian) == Names && start <= _bytes.Length && size <= _bytes.Length - start)
            {
                uint[] names = new uint[size / 4];
                for (int n = 0; n < names.Length; n++)
                {
                    names[n] = U32(_bytes, (int)start + (n * 4), _isLittleEndian);
                }

                return names;
            }
        }

        return [];
    }

    /// <summary>These offsets count from the start of the file, not of the new part.</summary>
    private string TextOfVariant(uint offset) => offset >= (uint)_start ? Encoding.UTF8.GetString(TextAt(offset - (uint)_start)) : string.Empty;

    private ReadOnlySpan<byte> TextAt(uint offset)
    {
        if (offset >= (uint)(_bytes.Length - _start))
        {
            return default;
        }

        ReadOnlySpan<byte> rest = _bytes.AsSpan(_start + (int)offset);
        rest = rest[..Math.Min(rest.Length, MaxText)];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? default : rest[..end];
    }

    private static uint U32(byte[] bytes, int offset, bool isLittleEndian) => isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset))
        : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));
}
