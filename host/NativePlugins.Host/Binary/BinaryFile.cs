using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

/// <summary>
/// A library's bytes, read in ranges of which each is checked against the file's size, and never more than
/// <see cref="MaxRead"/> in one pass. Not thread-safe.
/// </summary>
internal sealed class BinaryFile : IDisposable
{
    /// <summary>In bytes. What the code needs not is never read, so real libraries stay far below.</summary>
    public const ulong MaxRead = 64 << 20;

    // Headers, hash table and symbol names of a small library begin there: one read serves them all.
    private const int HeadSize = 8192;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _head;
    private ulong _read;

    private BinaryFile(string path, SafeFileHandle handle, FileStatus status)
    {
        Path = path;
        Status = status;
        _handle = handle;
        _head = new byte[(int)Math.Min(status.Size, HeadSize)];
        Fill(0, _head, "its header");
    }

    public string Path { get; }

    /// <summary>Of the file that was opened, whatever the path leads to by now.</summary>
    public FileStatus Status { get; }

    /// <summary>In bytes.</summary>
    public ulong Size => Status.Size;

    /// <summary>The file's first bytes: 8,192 of them, or all.</summary>
    public ReadOnlySpan<byte> Head => _head;

    /// <exception cref="PluginNotFoundException">There is no such file.</exception>
    /// <exception cref="PluginFileAccessException">The system refused to open or read it.</exception>
    /// <exception cref="PluginNotRegularFileException">It is a directory, a pipe, a device or a socket.</exception>
    public static BinaryFile Open(string path, HostSystem system)
    {
        FileError error = system.OpenToRead(path, out SafeFileHandle? handle, out FileStatus status);
        if (!error.IsNone)
        {
            throw FileFailures.Access(path, error);
        }

        if (handle is null || !status.IsRegular)
        {
            handle?.Dispose();
            throw FileFailures.NotRegular(path, status);
        }

        try
        {
            return new BinaryFile(path, handle, status);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>What has been read no longer counts against <see cref="MaxRead"/>: what follows reads the file anew.</summary>
    public void BeginPass() => _read = 0;

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>.</summary>
    /// <param name="what">What is read, to be named when the file ends too early.</param>
    public void Read(ulong offset, Span<byte> destination, string what)
    {
        ulong length = (ulong)destination.Length;
        if (offset > Size || length > Size - offset)
        {
            throw FileFailures.TooShort(Path, what, SaturatingAdd(offset, length), Size);
        }

        if (offset + length <= (ulong)_head.Length)
        {
            _head.AsSpan((int)offset, destination.Length).CopyTo(destination);
            return;
        }

        Fill(offset, destination, what);
    }

    /// <summary>Reads a whole table.</summary>
    public byte[] ReadTable(ulong offset, ulong length, string what)
    {
        if (offset > Size || length > Size - offset)
        {
            throw FileFailures.TooShort(Path, what, SaturatingAdd(offset, length), Size);
        }

        CheckBudget(length, what);
        byte[] table = new byte[(int)length];
        Read(offset, table, what);
        return table;
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

    public PluginMalformedException Malformed(string field, string expected, string found) =>
        FileFailures.Malformed(Path, field, expected, found);

    public void Dispose() => _handle.Dispose();

    private static ulong SaturatingAdd(ulong a, ulong b) => a > ulong.MaxValue - b ? ulong.MaxValue : a + b;

    private void CheckBudget(ulong length, string what)
    {
        if (length > MaxRead - _read)
        {
            throw Malformed(what, $"tables of {MaxRead:N0} bytes at most", $"{length:N0} bytes more after {_read:N0}");
        }
    }

    private void Fill(ulong offset, Span<byte> destination, string what)
    {
        CheckBudget((ulong)destination.Length, what);
        _read += (ulong)destination.Length;
        while (!destination.IsEmpty)
        {
            int count = ReadSome(offset, destination);
            if (count == 0)
            {
                // It became shorter after its size was asked for.
                throw FileFailures.TooShort(Path, what, SaturatingAdd(offset, (ulong)destination.Length), offset);
            }

            offset += (ulong)count;
            destination = destination[count..];
        }
    }

    private int ReadSome(ulong offset, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(_handle, destination, (long)offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw FileFailures.Access(Path, e);
        }
    }
}
