using System.IO.Compression;
using System.Runtime.InteropServices;
using Imaging;

namespace ImageTool;

/// <summary>Writes RGB, or RGBA if anything is transparent. Each row has the filter that leaves the smallest numbers.</summary>
internal static class PngWriter
{
    public static void Write(Stream stream, Picture picture, CancellationToken cancellationToken)
    {
        var header = new PngHeader(picture.Size, picture.Pixels.AsSpan().ContainsAnyTransparent());
        using var compressed = new MemoryStream();
        using (var rows = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            WriteRows(rows, header, picture, cancellationToken);
        }

        stream.Write(PngChunk.Signature);
        header.Write(stream);
        PngChunk.Write(stream, "IDAT", compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        PngChunk.Write(stream, "IEND", []);
    }

    private static void WriteRows(Stream rows, PngHeader header, Picture picture, CancellationToken cancellationToken)
    {
        int stride = header.Size.Width * header.BytesPerPixel;
        byte[] row = new byte[stride];
        byte[] above = new byte[stride];
        byte[][] candidates = [.. Enumerable.Range(0, PngRowFilter.Count).Select(_ => new byte[stride])];
        for (int y = 0; y < header.Size.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FromPixels(picture.Row(y), row, header.HasAlpha);
            int best = PngRowFilter.Apply(row, above, header.BytesPerPixel, candidates);
            rows.WriteByte((byte)best);
            rows.Write(candidates[best]);
            (row, above) = (above, row);
        }
    }

    private static void FromPixels(ReadOnlySpan<Pixel> pixels, Span<byte> row, bool hasAlpha)
    {
        if (hasAlpha)
        {
            MemoryMarshal.AsBytes(pixels).CopyTo(row);
            return;
        }

        for (int x = 0; x < pixels.Length; x++)
        {
            (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = (pixels[x].Red, pixels[x].Green, pixels[x].Blue);
        }
    }

    private static bool ContainsAnyTransparent(this Span<Pixel> pixels)
    {
        foreach (ref readonly Pixel pixel in pixels)
        {
            if (pixel.Alpha != 255)
            {
                return true;
            }
        }

        return false;
    }
}
