using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// DT_VERDEF or DT_VERNEED: entries that lead to each other by offsets, in a table whose size the file does not state. Only the entries
/// that are reached so are read.
/// </summary>
internal sealed class ElfVersionTable
{
    /// <summary>The number of entries in all. No linker writes so many.</summary>
    public const int MaxEntries = 65_536;

    private const ulong MaxSize = 4 << 20;
    private const string What = "the version table";

    private readonly BinaryFile _file;
    private readonly ElfData _data;
    private readonly ulong _offset;
    private readonly ulong _size;

    private ElfVersionTable(BinaryFile file, ElfData data, ulong offset, ulong size)
    {
        _file = file;
        _data = data;
        _offset = offset;
        _size = size;
    }

    /// <summary>Null if no bytes of the file are loaded at that address.</summary>
    public static ElfVersionTable? Open(BinaryFile file, ElfData data, ElfSegments segments, ulong address)
    {
        ulong size = Math.Min(segments.BytesFrom(address), MaxSize);
        return size > 0 && segments.TryMap(address, size, out ulong offset) ? new ElfVersionTable(file, data, offset, size) : null;
    }

    public bool Holds(ulong at, ulong length) => at <= _size && length <= _size - at;

    public ushort U16(ulong at)
    {
        Span<byte> bytes = stackalloc byte[2];
        _file.Read(_offset + at, bytes, What);
        return _data.U16(bytes, 0);
    }

    public uint U32(ulong at)
    {
        Span<byte> bytes = stackalloc byte[4];
        _file.Read(_offset + at, bytes, What);
        return _data.U32(bytes, 0);
    }
}
