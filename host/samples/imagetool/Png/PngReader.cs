using System.IO.Compression;
using System.Runtime.InteropServices;
using Imaging;

namespace ImageTool;

/// <summary>Reads pictures of 8 bits a channel, RGB or RGBA, not interlaced. Nothing in a file is trusted.</summary>
internal static class PngReader
{
    /// <exception cref="PngException">It is no such file.</exception>
    public static Picture Read(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        PngHeader? header = null;
        var compressed = new MemoryStream();
        string before = "";
        foreach (PngChunk chunk in PngChunk.Read(file))
        {
            header ??= PngHeader.Read(chunk);
            if (chunk.Type == "IDAT")
            {
                if (compressed.Length > 0 && before != "IDAT")
                {
                    throw new PngException($"the chunks IDAT should follow one another, and there is {before} between them");
                }

                compressed.Write(chunk.Data.Span);
            }
            else if (chunk.Type is "tRNS" || (!chunk.IsAncillary && chunk.Type is not ("IHDR" or "PLTE" or "IEND")))
            {
                throw new PngException($"it has a chunk {chunk.Type}, which this program does not know what to do with");
            }

            before = chunk.Type;
        }

        compressed.Position = 0;
        try
        {
            using var rows = new ZLibStream(compressed, CompressionMode.Decompress);
            return ReadRows(rows, header!.Value, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new PngException($"its compressed rows are damaged ({e.Message})");
        }
    }

    private static Picture ReadRows(Stream rows, PngHeader header, CancellationToken cancellationToken)
    {
        var picture = new Picture(header.Size);
        int stride = header.Size.Width * header.BytesPerPixel;
        byte[] line = new byte[stride + 1];
        byte[] above = new byte[stride];
        for (int y = 0; y < header.Size.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) != line.Length)
            {
                throw new PngException($"{header.Size.Height} rows were expected, and there are {y}");
            }

            Span<byte> row = line.AsSpan(1);
            PngRowFilter.Undo(line[0], row, above, header.BytesPerPixel, y);
            ToPixels(row, picture.Row(y), header.HasAlpha);
            row.CopyTo(above);
        }

        return rows.ReadByte() == -1 ? picture : throw new PngException($"{header.Size.Height} rows were expected, and there are more");
    }

    private static void ToPixels(ReadOnlySpan<byte> row, Span<Pixel> pixels, bool hasAlpha)
    {
        if (hasAlpha)
        {
            MemoryMarshal.Cast<byte, Pixel>(row).CopyTo(pixels);
            return;
        }

        for (int x = 0; x < pixels.Length; x++)
        {
            ReadOnlySpan<byte> pixel = row.Slice(3 * x, 3);
            pixels[x] = new Pixel(pixel[0], pixel[1], pixel[2], 255);
        }
    }
}
