using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Elf;

/// <summary>
/// DT_INIT_ARRAY and DT_FINI_ARRAY: pointers to functions that the loader calls. The file cannot know where it will be mapped, so each
/// pointer must be the target of a relocation, and lead to code.
/// </summary>
internal sealed class ElfPointerArrays
{
    private readonly BinaryFile _file;
    private readonly ElfData _data;
    private readonly ElfSegments _segments;
    private readonly HashSet<ulong> _open = [];
    private ulong _lowest = ulong.MaxValue;
    private ulong _highest;

    public ElfPointerArrays(BinaryFile file, ElfData data, ElfSegments segments, ElfDynamic dynamic)
    {
        _file = file;
        _data = data;
        _segments = segments;
        Add("DT_INIT_ARRAY", dynamic.Find(ElfTag.InitArray), dynamic.Find(ElfTag.InitArraySize));
        Add("DT_FINI_ARRAY", dynamic.Find(ElfTag.FiniArray), dynamic.Find(ElfTag.FiniArraySize));
    }

    /// <param name="address">The place that is relocated.</param>
    /// <param name="target">The address that will stand there; null if the relocation alone does not say it.</param>
    public void Note(ulong address, ulong? target)
    {
        if (IsNear(address) && _open.Remove(address) && target is { } function && !_segments.IsCode(function))
        {
            throw _file.Malformed("DT_INIT_ARRAY or DT_FINI_ARRAY", "pointers into a segment of code", $"0x{function:X}");
        }
    }

    /// <summary>Notes a relocation that adds to the value in the file.</summary>
    public void NoteContent(ulong address)
    {
        if (IsNear(address) && _open.Contains(address) && _segments.TryMap(address, (ulong)_data.WordSize, out ulong offset))
        {
            Span<byte> pointer = stackalloc byte[8];
            pointer = pointer[.._data.WordSize];
            _file.Read(offset, pointer, "a pointer to a function");
            Note(address, _data.Word(pointer, 0));
        }
    }

    public void CheckAllRelocated()
    {
        foreach (ulong address in _open)
        {
            throw _file.Malformed("DT_INIT_ARRAY or DT_FINI_ARRAY", "pointers that are relocated", $"one at 0x{address:X} that is not");
        }
    }

    /// <summary>A quick test, as most relocations are for other places.</summary>
    private bool IsNear(ulong address) => address >= _lowest && address <= _highest;

    private void Add(string field, ulong? start, ulong? size)
    {
        const ulong MaxEntries = 1 << 16;
        ulong word = (ulong)_data.WordSize;
        if (start is not { } address || size is not { } length)
        {
            return;
        }

        if (address % word != 0 || length % word != 0 || length / word > MaxEntries)
        {
            throw _file.Malformed(field, $"multiples of {word}, and at most {MaxEntries:N0} entries", $"0x{address:X}, {length:N0} bytes");
        }

        _lowest = Math.Min(_lowest, address);
        _highest = Math.Max(_highest, address + length);
        for (ulong i = 0; i < length / word; i++)
        {
            if (!_open.Add(address + (i * word)))
            {
                throw _file.Malformed(field, "pointers of its own", $"one at 0x{address + (i * word):X} that belongs to DT_INIT_ARRAY too");
            }
        }
    }
}
