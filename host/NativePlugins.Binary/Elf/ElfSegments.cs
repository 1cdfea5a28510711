using System.Numerics;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>One program header.</summary>
internal readonly record struct ElfSegment(
    uint Type, uint Flags, ulong Offset, ulong Address, ulong FileSize, ulong MemorySize, ulong Alignment)
{
    public bool IsExecutable => (Flags & 1) != 0;

    public bool IsWritable => (Flags & 2) != 0;

    public bool IsReadable => (Flags & 4) != 0;

    public bool HoldsInFile(ulong address, ulong length) =>
        address >= Address && address - Address <= FileSize && length <= FileSize - (address - Address);
}

/// <summary>The program headers: what the system's loader maps. gABI, chapter 5, "Program Header".</summary>
internal sealed class ElfSegments
{
    private const uint Load = 1;
    private const uint DynamicType = 2;
    private const uint StackType = 0x6474E551; // PT_GNU_STACK

    /// <summary>PT_TLS.</summary>
    public const uint ThreadLocal = 7;

    private readonly List<ElfSegment> _all = [];
    private readonly List<ElfSegment> _loaded = [];
    private ElfSegment? _stack;

    /// <summary>All segments, as the file states them. Only those that are loaded have been checked.</summary>
    public IReadOnlyList<ElfSegment> All => _all;

    /// <summary>Whether loading the library makes stacks executable. The loader assumes so if there is no PT_GNU_STACK.</summary>
    public bool WantsExecutableStack => _stack is not { IsExecutable: false };

    public ElfSegment? Dynamic { get; private set; }

    /// <summary>Whether there is PT_TLS.</summary>
    public bool HasThreadLocalData => _all.Exists(segment => segment.Type == ThreadLocal);

    /// <summary>The address space that the loaded segments take, from the first to the last, in bytes.</summary>
    public ulong Span => _loaded[^1].Address + _loaded[^1].MemorySize - _loaded[0].Address;

    /// <summary>Reads and checks them. Each loaded segment lies in the file. They ascend and do not overlap.</summary>
    public static ElfSegments Read(BinaryFile file, in ElfHeader header)
    {
        int entrySize = header.Data.Is64 ? 56 : 32;
        if (header.ProgramHeaderCount == 0 || header.ProgramHeaderSize != entrySize)
        {
            throw header.ProgramHeaderCount == 0
                ? file.Malformed("e_phnum", "at least 1 for a shared library", "0")
                : file.Malformed("e_phentsize", $"{entrySize}", $"{header.ProgramHeaderSize}");
        }

        ReadOnlySpan<byte> table = file.ReadTable(
            header.ProgramHeadersOffset, (ulong)(header.ProgramHeaderCount * entrySize), "the program headers").Span;
        var segments = new ElfSegments();
        for (int i = 0; i < header.ProgramHeaderCount; i++)
        {
            ElfSegment segment = Parse(header.Data, table.Slice(i * entrySize, entrySize));
            segments._all.Add(segment);
            if (segment.Type == Load)
            {
                segments.AddLoaded(file, segment, i);
            }
            else if (segment.Type == DynamicType)
            {
                segments.Dynamic = segment; // The last one counts for the loader.
            }
            else if (segment.Type == StackType)
            {
                // The last one counts: glibc, _dl_map_object_from_fd.
                segments._stack = segment;
            }
        }

        return segments._loaded.Count > 0
            ? segments
            : throw file.Malformed("PT_LOAD", "at least one segment to load", "none");
    }

    /// <summary>The file offset of an address. Its <paramref name="length"/> bytes come from the file and can be read once they are mapped.</summary>
    public bool TryMap(ulong address, ulong length, out ulong offset)
    {
        foreach (ElfSegment segment in _loaded)
        {
            if (segment.IsReadable && segment.HoldsInFile(address, length))
            {
                offset = segment.Offset + (address - segment.Address);
                return true;
            }
        }

        offset = 0;
        return false;
    }

    /// <summary>How many bytes from an address on come from the file, within the segment of that address.</summary>
    public ulong BytesFrom(ulong address)
    {
        foreach (ElfSegment segment in _loaded)
        {
            if (segment.HoldsInFile(address, 1))
            {
                return segment.FileSize - (address - segment.Address);
            }
        }

        return 0;
    }

    /// <summary>Whether the bytes lie in one loaded segment, even where its memory goes beyond the file's bytes.</summary>
    public bool HoldsInMemory(ulong address, ulong length, bool mustBeWritable)
    {
        foreach (ElfSegment segment in _loaded)
        {
            if (address >= segment.Address && address - segment.Address <= segment.MemorySize
                && length <= segment.MemorySize - (address - segment.Address))
            {
                return segment.IsWritable || !mustBeWritable;
            }
        }

        return false;
    }

    /// <summary>
    /// All addresses in the loaded segment of <paramref name="address"/> from which <paramref name="length"/> bytes lie in it; none if
    /// those from the address itself do not.
    /// </summary>
    public (ulong Start, ulong Count) PlacesAround(ulong address, ulong length, bool mustBeWritable)
    {
        foreach (ElfSegment segment in _loaded)
        {
            if (address >= segment.Address && segment.MemorySize >= length && address - segment.Address <= segment.MemorySize - length)
            {
                return segment.IsWritable || !mustBeWritable ? (segment.Address, segment.MemorySize - length + 1) : default;
            }
        }

        return default;
    }

    /// <summary>
    /// Whether the bytes lie in one loaded segment that is extended to the end of its last page: linkers let PT_GNU_RELRO reach as far.
    /// </summary>
    public bool HoldsInPages(ulong address, ulong length)
    {
        const ulong MinPage = 4096;
        const ulong MaxPage = 65_536;
        foreach (ElfSegment segment in _loaded)
        {
            ulong page = BitOperations.IsPow2(segment.Alignment) ? Math.Clamp(segment.Alignment, MinPage, MaxPage) : MinPage;
            ulong end = segment.Address + segment.MemorySize;
            ulong padding = (page - (end & (page - 1))) & (page - 1);
            if (address >= segment.Address && address <= end && padding <= ulong.MaxValue - end && length <= end + padding - address)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsCode(ulong address)
    {
        foreach (ElfSegment segment in _loaded)
        {
            if (segment.IsExecutable && segment.HoldsInFile(address, 1))
            {
                return true;
            }
        }

        return false;
    }

    private static ElfSegment Parse(ElfData data, ReadOnlySpan<byte> entry) => data.Is64
        ? new(data.U32(entry, 0), data.U32(entry, 4), data.U64(entry, 8), data.U64(entry, 16), data.U64(entry, 32),
            data.U64(entry, 40), data.U64(entry, 48))
        : new(data.U32(entry, 0), data.U32(entry, 24), data.U32(entry, 4), data.U32(entry, 8), data.U32(entry, 16),
            data.U32(entry, 20), data.U32(entry, 28));

    private void AddLoaded(BinaryFile file, in ElfSegment segment, int index)
    {
        string field = $"segment {index}, ";
        if (segment.FileSize > ulong.MaxValue - segment.Offset || segment.MemorySize > ulong.MaxValue - segment.Address)
        {
            throw file.Malformed(field + "p_offset + p_filesz, p_vaddr + p_memsz", "sums within 64 bits",
                $"0x{segment.Offset:X} + 0x{segment.FileSize:X}, 0x{segment.Address:X} + 0x{segment.MemorySize:X}");
        }

        if (segment.Offset + segment.FileSize > file.Size)
        {
            throw FileFailures.TooShort(file.Path, $"segment {index}", segment.Offset + segment.FileSize, file.Size).ToException();
        }

        if (segment.FileSize > segment.MemorySize)
        {
            throw file.Malformed(field + "p_filesz", $"at most p_memsz, 0x{segment.MemorySize:X}", $"0x{segment.FileSize:X}");
        }

        foreach (ElfSegment other in _loaded)
        {
            if (segment.FileSize > 0 && other.FileSize > 0 && segment.Offset < other.Offset + other.FileSize && other.Offset < segment.Offset + segment.FileSize)
            {
                throw file.Malformed(field + "p_offset, p_filesz",
                    $"bytes of its own, not those of 0x{other.Offset:X} to 0x{other.Offset + other.FileSize:X}", $"0x{segment.Offset:X} to 0x{segment.Offset + segment.FileSize:X}");
            }
        }

        if (_loaded.Count > 0 && segment.Address < _loaded[^1].Address + _loaded[^1].MemorySize)
        {
            throw file.Malformed(field + "p_vaddr",
                $"at least 0x{_loaded[^1].Address + _loaded[^1].MemorySize:X}, where the segment before it ends", $"0x{segment.Address:X}");
        }

        const int MaxLoaded = 1024; // Linkers write four or five.
        if (_loaded.Count == MaxLoaded)
        {
            throw file.Malformed("PT_LOAD", $"at most {MaxLoaded:N0} segments", "more");
        }

        _loaded.Add(segment);
    }
}
