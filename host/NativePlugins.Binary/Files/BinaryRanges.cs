namespace NativePlugins.Binary.Files;

/// <summary>The parts of a file that have been read. They ascend and do not overlap. Not thread-safe.</summary>
internal sealed class BinaryRanges
{
    private readonly List<(ulong Start, ReadOnlyMemory<byte> Bytes)> _ranges = [];

    /// <summary>What is known from an offset to the end of its piece; empty if nothing is.</summary>
    public ReadOnlyMemory<byte> Known(ulong offset)
    {
        int index = IndexOfFirstEndingAfter(offset);
        return index < _ranges.Count && _ranges[index].Start <= offset ? _ranges[index].Bytes[(int)(offset - _ranges[index].Start)..] : default;
    }

    /// <summary>The hole around an unknown offset. Its end is the highest number if nothing after it is known.</summary>
    public (ulong Start, ulong End) Unknown(ulong offset)
    {
        int index = IndexOfFirstEndingAfter(offset);
        return (index == 0 ? 0 : EndOf(index - 1), index == _ranges.Count ? ulong.MaxValue : _ranges[index].Start);
    }

    /// <summary>Adds a piece. From now on its bytes are used, also where another piece had them before.</summary>
    public void Add(ulong start, ReadOnlyMemory<byte> bytes)
    {
        ulong end = start + (ulong)bytes.Length;
        int first = IndexOfFirstEndingAfter(start);
        int next = first;
        while (next < _ranges.Count && _ranges[next].Start < end)
        {
            next++;
        }

        var pieces = new List<(ulong Start, ReadOnlyMemory<byte> Bytes)>(3);
        if (first < next && _ranges[first].Start < start)
        {
            pieces.Add((_ranges[first].Start, _ranges[first].Bytes[..(int)(start - _ranges[first].Start)]));
        }

        pieces.Add((start, bytes));
        if (first < next && EndOf(next - 1) > end)
        {
            pieces.Add((end, _ranges[next - 1].Bytes[(int)(end - _ranges[next - 1].Start)..]));
        }

        _ranges.RemoveRange(first, next - first);
        _ranges.InsertRange(first, pieces);
    }

    private ulong EndOf(int index) => _ranges[index].Start + (ulong)_ranges[index].Bytes.Length;

    private int IndexOfFirstEndingAfter(ulong offset)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (EndOf(middle) > offset)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
