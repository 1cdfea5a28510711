using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Host;

namespace NativePlugins.Distribution.Archives;

/// <summary>Unpacks one file of an archive, and never more of it than the directory says.</summary>
internal static class ZipReader
{
    private const int BufferSize = 1 << 17;

    /// <summary>Writes the file to a stream. Returns its SHA-256, in lower-case hexadecimal.</summary>
    /// <exception cref="PluginException">It unpacks to another size, or cannot be unpacked.</exception>
    public static string Unpack(SafeFileHandle file, ZipEntry entry, Stream target, ArchiveFailures failures)
    {
        using Stream packed = new SliceStream(file, entry.DataOffset, entry.PackedSize);
        using Stream source = entry.Method == ZipFormat.Deflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        var hash = new Sha256();
        byte[] buffer = new byte[(int)Math.Min(BufferSize, entry.Size + 1)];
        long length = 0;
        int read;
        while ((read = Read(source, buffer, entry, failures)) > 0)
        {
            length += read;
            if (length > entry.Size)
            {
                throw failures.Damaged(entry.Name, $"{entry.Size:N0} bytes", "more");
            }

            hash.Append(buffer.AsSpan(0, read));
            target.Write(buffer, 0, read);
        }

        return length == entry.Size
            ? Convert.ToHexStringLower(hash.Finish())
            : throw failures.Damaged(entry.Name, $"{entry.Size:N0} bytes", $"{length:N0}");
    }

    private static int Read(Stream source, byte[] buffer, ZipEntry entry, ArchiveFailures failures)
    {
        try
        {
            return source.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw failures.Damaged(entry.Name, "deflated data", "data that is not");
        }
    }
}
