using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Distribution.Archives;

/// <summary>
/// Reads the directory of an archive, and takes only the plainest form of one: whole in one file, nothing before, between or behind its parts,
/// no names that another reader could read otherwise. So two readers cannot see two different packages in one file.
/// </summary>
internal sealed class ZipDirectory
{
    private const int MaxDirectorySize = 16 << 20;
    private const long UnsuspiciousSize = 16 << 20;
    private const int UnixAttributes = 3;
    private const int RegularFile = 0x8000, FileTypes = 0xF000;
    private const int DirectoryOrLink = 0x10 | 0x400;

    private readonly SafeFileHandle _file;
    private readonly PluginPackageLimits _limits;
    private readonly ArchiveFailures _failures;
    private readonly long _length;

    private ZipDirectory(SafeFileHandle file, PluginPackageLimits limits, ArchiveFailures failures)
    {
        _file = file;
        _limits = limits;
        _failures = failures;
        _length = RandomAccess.GetLength(file);
    }

    /// <summary>The files of the archive, in the order of their names. No two of them share a name or a byte.</summary>
    /// <exception cref="PluginException">It is not such an archive, holds a name that is not allowed, or exceeds a limit.</exception>
    public static IReadOnlyList<ZipEntry> Read(SafeFileHandle file, PluginPackageLimits limits, ArchiveFailures failures) =>
        new ZipDirectory(file, limits, failures).Read();

    private ZipEntry[] Read()
    {
        if (_length > Math.Min(_limits.MaxPackageSize, uint.MaxValue))
        {
            throw _failures.TooLarge($"at most {_limits.MaxPackageSize:N0} bytes", $"{_length:N0} bytes");
        }

        Require(_length >= ZipFormat.EndSize, "a ZIP archive", $"{_length} bytes");
        byte[] end = Bytes(_length - ZipFormat.EndSize, ZipFormat.EndSize);
        Require(U32(end, 0) == ZipFormat.EndSignature, "a ZIP archive with nothing behind it", "other bytes at its end");
        int count = U16(end, 10);
        long size = U32(end, 12), offset = U32(end, 16);
        Require(U16(end, 4) == 0 && U16(end, 6) == 0 && U16(end, 8) == count && U16(end, 20) == 0, "one archive in one file, without a comment", "another kind");
        Require(count != ushort.MaxValue && offset != uint.MaxValue, "a ZIP archive of the plain kind", "one of the kind ZIP64");
        Require(offset + size == _length - ZipFormat.EndSize, "a directory that ends where the archive's end begins", $"{size} bytes at {offset}");
        if (count > _limits.MaxFiles || size > MaxDirectorySize)
        {
            throw _failures.TooLarge($"at most {_limits.MaxFiles:N0} files", $"{count:N0} files, a directory of {size:N0} bytes");
        }

        ZipEntry[] entries = ReadEntries(Bytes(offset, (int)size), count);
        RequireTiling(entries, offset);
        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        if (EntryName.FindCollision(entries.Select(entry => entry.Name)) is { } name)
        {
            throw _failures.BadEntry("names that differ on every system", $"{UntrustedText.Quote(name)}, which is there twice where letter case does not count");
        }

        return entries;
    }

    private ZipEntry[] ReadEntries(ReadOnlySpan<byte> directory, int count)
    {
        var entries = new ZipEntry[count];
        long unpacked = 0;
        for (int i = 0; i < count; i++)
        {
            Require(directory.Length >= ZipFormat.DirectorySize && U32(directory, 0) == ZipFormat.DirectorySignature, $"{count} files in its directory", $"{i}");
            int length = U16(directory, 28);
            Require(U16(directory, 30) == 0 && U16(directory, 32) == 0, "files without extra fields and comments", "one with them");
            Require(directory.Length >= ZipFormat.DirectorySize + length, "a whole directory", "the last name cut off");
            entries[i] = ReadEntry(directory[..ZipFormat.DirectorySize], directory.Slice(ZipFormat.DirectorySize, length));
            directory = directory[(ZipFormat.DirectorySize + length)..];
            unpacked += entries[i].Size;
        }

        Require(directory.IsEmpty, $"{count} files in its directory", "more");
        return unpacked <= _limits.MaxUnpackedSize ? entries
            : throw _failures.TooLarge($"at most {_limits.MaxUnpackedSize:N0} bytes when unpacked", $"{unpacked:N0} bytes");
    }

    private ZipEntry ReadEntry(ReadOnlySpan<byte> header, ReadOnlySpan<byte> nameBytes)
    {
        // Latin-1 keeps bytes apart that are not ASCII, and the rule for names takes none of them.
        string name = Encoding.Latin1.GetString(nameBytes);
        if (!EntryName.IsValid(name))
        {
            throw _failures.BadEntry(EntryName.Form, UntrustedText.Quote(name));
        }

        uint attributes = U32(header, 38);
        bool isRegular = header[5] == UnixAttributes
            ? (attributes >> 16 & FileTypes) is 0 or RegularFile && (attributes & DirectoryOrLink) == 0
            : (attributes & DirectoryOrLink) == 0;
        if (!isRegular)
        {
            throw _failures.BadEntry("regular files only", $"{UntrustedText.Quote(name)}, a directory, a link or a device");
        }

        ushort flags = U16(header, 8), method = U16(header, 10);
        long packed = U32(header, 20), size = U32(header, 24), offset = U32(header, 42);
        Require((flags & ~ZipFormat.AllowedFlags) == 0, "files that are neither encrypted nor patches", UntrustedText.Quote(name));
        Require(method == ZipFormat.Deflated || (method == ZipFormat.Stored && packed == size), "files that are stored or deflated", UntrustedText.Quote(name));
        if (size > UnsuspiciousSize && size / _limits.MaxRatio > packed)
        {
            throw _failures.TooLarge($"files that unpack to at most {_limits.MaxRatio} times their size", $"{UntrustedText.Quote(name)}: {packed:N0} bytes, and {size:N0} unpacked");
        }

        return new ZipEntry(name, method, (flags & ZipFormat.SizesFollow) != 0, U32(header, 16), packed, size, offset, RequireLocal(name, header, nameBytes, offset));
    }

    /// <summary>The header in front of the data says the same as the directory, or other readers could see another archive.</summary>
    private long RequireLocal(string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> nameBytes, long offset)
    {
        byte[] local = Bytes(offset, ZipFormat.LocalSize + nameBytes.Length);
        bool areSizesHere = (U16(header, 8) & ZipFormat.SizesFollow) == 0;
        Require(
            U32(local, 0) == ZipFormat.LocalSignature && U16(local, 6) == U16(header, 8) && U16(local, 8) == U16(header, 10)
            && (!areSizesHere || local.AsSpan(14, 12).SequenceEqual(header.Slice(16, 12)))
            && U16(local, 26) == nameBytes.Length && U16(local, 28) == 0 && local.AsSpan(ZipFormat.LocalSize).SequenceEqual(nameBytes),
            $"the same in front of {UntrustedText.Quote(name)} as in the directory", "something else");
        return offset + local.Length;
    }

    /// <summary>The parts lie one behind another from the first byte on. Parts that overlap would make much of few bytes.</summary>
    private void RequireTiling(ZipEntry[] entries, long directory)
    {
        ZipEntry[] ordered = [.. entries.OrderBy(entry => entry.HeaderOffset)];
        Require((ordered.Length == 0 ? directory : ordered[0].HeaderOffset) == 0, "a file at the start of the archive", "something else");
        for (int i = 0; i < ordered.Length; i++)
        {
            RequireNext(ordered[i], i + 1 < ordered.Length ? ordered[i + 1].HeaderOffset : directory);
        }
    }

    /// <summary>Between a file and the next part is nothing but the sizes that follow, if they do, and they are those of the directory.</summary>
    private void RequireNext(ZipEntry entry, long next)
    {
        long end = entry.DataOffset + entry.PackedSize, gap = next - end;
        Require(gap >= 0, "parts one behind another", $"{UntrustedText.Quote(entry.Name)} and the next part share {-gap} bytes");
        if (!entry.DoSizesFollow)
        {
            Require(gap == 0, "parts one behind another", $"{gap} {(gap == 1 ? "byte" : "bytes")} behind {UntrustedText.Quote(entry.Name)}");
            return;
        }

        Require(gap is ZipFormat.SizesSize or ZipFormat.SizesSize + sizeof(uint), $"the sizes behind {UntrustedText.Quote(entry.Name)}", $"{gap} bytes");
        byte[] behind = Bytes(end, (int)gap);
        ReadOnlySpan<byte> sizes = behind.AsSpan(behind.Length - ZipFormat.SizesSize);
        Require(
            (gap == ZipFormat.SizesSize || U32(behind, 0) == ZipFormat.SizesSignature)
            && U32(sizes, 0) == entry.Crc && U32(sizes, 4) == entry.PackedSize && U32(sizes, 8) == entry.Size,
            $"the same behind {UntrustedText.Quote(entry.Name)} as in the directory", "something else");
    }

    private byte[] Bytes(long offset, int count)
    {
        Require(offset + count <= _length, "parts inside the file", $"{count} bytes at {offset}");
        byte[] bytes = new byte[count];
        int length = 0, read;
        while (length < count && (read = RandomAccess.Read(_file, bytes.AsSpan(length), offset + length)) > 0)
        {
            length += read;
        }

        Require(length == count, "a file that stays as it is", "a shorter one");
        return bytes;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private void Require(bool condition, InvariantText expected, InvariantText found)
    {
        if (!condition)
        {
            throw _failures.Malformed(expected, found);
        }
    }
}
