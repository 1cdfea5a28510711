using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Tests;

/// <summary>This system, with a record of the files that are opened and the bytes that are read.</summary>
internal sealed class CountingSystem() : SystemLike(Current.LibraryFormat)
{
    private readonly Dictionary<SafeFileHandle, string> _opened = [];

    /// <summary>Every read of every file, in order, by the file's real path.</summary>
    public List<(string Path, ulong Start, ulong End)> Reads { get; } = [];

    public int CountOpened(string path) => _opened.Values.Count(opened => opened == path);

    /// <summary>The number of bytes that were read.</summary>
    public ulong CountRead(string path) => ReadsOf(path).Aggregate(0UL, (sum, read) => sum + (read.End - read.Start));

    /// <summary>The reads of bytes that an earlier read has read.</summary>
    public IEnumerable<(ulong Start, ulong End)> FindRepeated(string path)
    {
        ulong end = 0;
        foreach ((ulong Start, ulong End) read in ReadsOf(path).Order())
        {
            if (read.Start < end)
            {
                yield return read;
            }

            end = Math.Max(end, read.End);
        }
    }

    public override FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status)
    {
        FileError error = base.OpenToRead(path, out handle, out status);
        if (handle is not null)
        {
            GetRealPath(path, out string real);
            _opened.Add(handle, real);
        }

        return error;
    }

    public override int Read(SafeFileHandle handle, ulong offset, Span<byte> destination)
    {
        int count = base.Read(handle, offset, destination);
        Reads.Add((_opened[handle], offset, offset + (ulong)count));
        return count;
    }

    private IEnumerable<(ulong Start, ulong End)> ReadsOf(string path) =>
        Reads.Where(read => read.Path == path).Select(read => (read.Start, read.End));
}
