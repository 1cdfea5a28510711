using System.Buffers;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Files;

/// <summary>
/// A library's bytes. They are read in ranges, each of which is checked against the file's size. No byte is read twice, and one pass never
/// reads more than <see cref="MaxRead"/>. Not thread-safe.
/// </summary>
internal sealed class BinaryFile : IDisposable
{
    /// <summary>In bytes. Only what the code needs is read, so real libraries stay far below.</summary>
    public const ulong MaxRead = 64 << 20;

    // The headers, the hash table and the symbol names of a small library begin there, so that one read serves them all.
    private const int HeadSize = 8192;

    // The size of a read where small parts are wanted from here and there.
    private const ulong PageSize = 8192;

    // Larger arrays are rare, and the pool would keep them for long.
    private const int MaxPooled = 1 << 20;

    private readonly FileSystem _system;
    private readonly SafeFileHandle _handle;
    private readonly BinaryRanges _ranges = new();
    private readonly List<byte[]> _rented = [];
    private readonly ReadOnlyMemory<byte> _head;
    private ulong _read;

    private BinaryFile(string path, FileSystem system, SafeFileHandle handle, FileStatus status)
    {
        Path = path;
        Status = status;
        _system = system;
        _handle = handle;
        _head = ReadTable(0, Math.Min(status.Size, HeadSize), "its header");
    }

    public string Path { get; }

    /// <summary>The status of the file that was opened, whatever the path leads to by now.</summary>
    public FileStatus Status { get; }

    /// <summary>In bytes.</summary>
    public ulong Size => Status.Size;

    /// <summary>The file's first bytes: 8,192 of them, or the whole file.</summary>
    public ReadOnlySpan<byte> Head => _head.Span;

    /// <exception cref="BinaryException">There is no such file.</exception>
    /// <exception cref="BinaryException">The system refused to open or read it.</exception>
    /// <exception cref="BinaryException">It is a directory, a pipe, a device or a socket.</exception>
    public static BinaryFile Open(string path, FileSystem system)
    {
        FileError error = system.OpenToRead(path, out SafeFileHandle? handle, out FileStatus status);
        if (!error.IsNone)
        {
            throw FileFailures.Access(path, error).ToException();
        }

        if (handle is null || !status.IsRegular)
        {
            handle?.Dispose();
            throw FileFailures.NotRegular(path, status).ToException();
        }

        try
        {
            return new BinaryFile(path, system, handle, status);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Begins a new pass, which may read <see cref="MaxRead"/> again. What was read before no longer counts.</summary>
    public void BeginPass() => _read = 0;

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>. The pages that are read for it are kept.</summary>
    /// <param name="what">What is read, for the message if the file ends too early.</param>
    public void Read(ulong offset, Span<byte> destination, string what)
    {
        CheckInside(offset, (ulong)destination.Length, what);
        while (!destination.IsEmpty)
        {
            ReadOnlyMemory<byte> known = _ranges.Known(offset);
            if (known.IsEmpty)
            {
                known = ReadPage(offset, what);
            }

            int count = Math.Min(known.Length, destination.Length);
            known.Span[..count].CopyTo(destination);
            destination = destination[count..];
            offset += (ulong)count;
        }
    }

    /// <summary>A whole table. The memory is valid until the file is disposed of.</summary>
    public ReadOnlyMemory<byte> ReadTable(ulong offset, ulong length, string what)
    {
        CheckInside(offset, length, what);
        ReadOnlyMemory<byte> known = _ranges.Known(offset);
        if ((ulong)known.Length >= length)
        {
            return known[..(int)length];
        }

        Memory<byte> table = Take(length, what);
        FillUnknown(offset, table.Span, what);
        _ranges.Add(offset, table);
        return table;
    }

    /// <summary>
    /// Whether some bytes occur in a part of the file. What is read for this is not kept, and does not count against <see cref="MaxRead"/>.
    /// </summary>
    public bool Contains(ulong offset, ulong length, ReadOnlySpan<byte> wanted, string what)
    {
        CheckInside(offset, length, what);
        byte[] window = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            int kept = 0;
            while (length > 0)
            {
                int count = (int)Math.Min(length, (ulong)(window.Length - kept));
                FillUnknown(offset, window.AsSpan(kept, count), what);
                Span<byte> bytes = window.AsSpan(0, kept + count);
                if (bytes.IndexOf(wanted) >= 0)
                {
                    return true;
                }

                // The searched bytes may begin at the end of what was read.
                kept = Math.Min(bytes.Length, wanted.Length - 1);
                bytes[^kept..].CopyTo(window);
                offset += (ulong)count;
                length -= (ulong)count;
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    /// <summary>Fills <paramref name="destination"/>. What is read for this is not kept, and does not count against <see cref="MaxRead"/>.</summary>
    public void ReadUnkept(ulong offset, Span<byte> destination, string what)
    {
        CheckInside(offset, (ulong)destination.Length, what);
        FillUnknown(offset, destination, what);
    }

    /// <summary>The SHA-256 of the whole file, in lower-case hexadecimal. Does not count against <see cref="MaxRead"/>.</summary>
    public string ComputeSha256()
    {
        var hash = new Sha256();
        byte[] buffer = new byte[81_920];
        ulong offset = 0;
        for (int count; (count = ReadSome(offset, buffer)) > 0; offset += (ulong)count)
        {
            hash.Append(buffer.AsSpan(0, count));
        }

        return Convert.ToHexStringLower(hash.Finish());
    }

    public BinaryException Malformed(InvariantText field, InvariantText expected, InvariantText found) =>
        FileFailures.Malformed(Path, field, expected, found).ToException();

    public void Dispose()
    {
        _handle.Dispose();
        _rented.ForEach(buffer => ArrayPool<byte>.Shared.Return(buffer));
        _rented.Clear();
    }

    private static ulong SaturatingAdd(ulong a, ulong b) => a > ulong.MaxValue - b ? ulong.MaxValue : a + b;

    private void CheckInside(ulong offset, ulong length, string what)
    {
        if (offset > Size || length > Size - offset)
        {
            throw FileFailures.TooShort(Path, what, SaturatingAdd(offset, length), Size).ToException();
        }
    }

    /// <summary>Reads the unknown part of the page that holds an unknown offset, and returns it from that offset on.</summary>
    private ReadOnlyMemory<byte> ReadPage(ulong offset, string what)
    {
        (ulong start, ulong end) = _ranges.Unknown(offset);
        ulong page = offset - (offset % PageSize);
        start = Math.Max(start, page);
        end = Math.Min(Math.Min(end, page + PageSize), Size);
        Memory<byte> bytes = Take(end - start, what);
        Fill(start, bytes.Span, what);
        _ranges.Add(start, bytes);
        return bytes[(int)(offset - start)..];
    }

    /// <summary>Takes memory, which is what <see cref="MaxRead"/> limits: many tables may hold the same few bytes of the file.</summary>
    private Memory<byte> Take(ulong length, string what)
    {
        if (length > MaxRead - _read)
        {
            throw Malformed(what, $"tables of {MaxRead:N0} bytes at most", $"{length:N0} bytes more after {_read:N0}");
        }

        _read += length;
        if (length > MaxPooled)
        {
            return GC.AllocateUninitializedArray<byte>((int)length);
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)length);
        _rented.Add(buffer);
        return buffer.AsMemory(0, (int)length);
    }

    /// <summary>Copies what is known, and reads the rest.</summary>
    private void FillUnknown(ulong offset, Span<byte> destination, string what)
    {
        while (!destination.IsEmpty)
        {
            ReadOnlyMemory<byte> known = _ranges.Known(offset);
            int count = (int)Math.Min(known.IsEmpty ? _ranges.Unknown(offset).End - offset : (ulong)known.Length, (ulong)destination.Length);
            if (known.IsEmpty)
            {
                Fill(offset, destination[..count], what);
            }
            else
            {
                known.Span[..count].CopyTo(destination);
            }

            destination = destination[count..];
            offset += (ulong)count;
        }
    }

    private void Fill(ulong offset, Span<byte> destination, string what)
    {
        while (!destination.IsEmpty)
        {
            int count = ReadSome(offset, destination);
            if (count == 0)
            {
                // The file became shorter after its size was read.
                throw FileFailures.TooShort(Path, what, SaturatingAdd(offset, (ulong)destination.Length), offset).ToException();
            }

            offset += (ulong)count;
            destination = destination[count..];
        }
    }

    private int ReadSome(ulong offset, Span<byte> destination)
    {
        try
        {
            return _system.Read(_handle, offset, destination);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw FileFailures.Access(Path, e).ToException();
        }
    }
}
