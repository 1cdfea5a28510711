using System.Buffers.Binary;
using System.Text;

namespace NativePlugins.Host;

/// <summary>
/// <c>/etc/ld.so.cache</c>: where the libraries of the configured directories are. glibc, sysdeps/generic/dl-cache.h.
/// </summary>
internal sealed class LdSoCache
{
    public const string Location = "/etc/ld.so.cache";
    private const int OldHeaderSize = 16; // "ld.so-1.7.0", NUL, the number of entries.
    private const int OldEntrySize = 12;
    private const int HeaderSize = 48;    // The magic, the number of entries, the size of the texts, and more.
    private const int EntrySize = 24;     // Flags, offset of the name, offset of the path, and more.
    private const int MaxText = 4096;

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly bool _isLittleEndian;

    private LdSoCache(byte[] bytes, int start, bool isLittleEndian)
    {
        _bytes = bytes;
        _isLittleEndian = isLittleEndian;
        _start = start;
    }

    private static ReadOnlySpan<byte> OldMagic => "ld.so-1.7.0\0"u8;

    private static ReadOnlySpan<byte> Magic => "glibc-ld.so.cache1.1"u8;

    /// <summary>Null where there is none, as on musl, or where it is not understood.</summary>
    /// <param name="path">Where it lies here.</param>
    /// <param name="isLittleEndian">The byte order of the machine that wrote it.</param>
    public static LdSoCache? Open(string path, bool isLittleEndian, HostSystem system)
    {
        try
        {
            using BinaryFile file = BinaryFile.Open(path, system);
            return Parse(file.ReadTable(0, file.Size, "the loader's cache").ToArray(), isLittleEndian);
        }
        catch (PluginException)
        {
            return null;
        }
    }

    internal static LdSoCache? Parse(byte[] bytes, bool isLittleEndian)
    {
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

        return bytes.Length - start >= HeaderSize && bytes.AsSpan(start).StartsWith(Magic) ? new LdSoCache(bytes, start, isLittleEndian) : null;
    }

    /// <summary>Every path under which the cache has a library of that name, whatever it was built for.</summary>
    public List<string> Find(string name)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        var paths = new List<string>();
        long count = Math.Min(U32(_bytes, _start + 20, _isLittleEndian), (_bytes.Length - _start - HeaderSize) / EntrySize);
        for (int i = 0; i < count; i++)
        {
            int entry = _start + HeaderSize + (i * EntrySize);
            if (TextAt(U32(_bytes, entry + 4, _isLittleEndian)).SequenceEqual(wanted))
            {
                paths.Add(Encoding.UTF8.GetString(TextAt(U32(_bytes, entry + 8, _isLittleEndian))));
            }
        }

        return paths;
    }

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
