using System.Runtime.InteropServices;
using Imaging;

namespace ImageTool;

/// <summary>Pixels, row by row from the top.</summary>
internal sealed class Picture
{
    /// <summary>The most pixels of a picture: an array of them takes 1 GiB.</summary>
    public const int MaxPixels = 1 << 28;

    public Picture(PictureSize size)
    {
        Size = size;
        Pixels = new Pixel[size.Width * size.Height];
    }

    public PictureSize Size { get; }

    public Pixel[] Pixels { get; }

    public static bool IsPossible(long width, long height) => width >= 1 && height >= 1 && width <= MaxPixels / height;

    public Span<Pixel> Row(int y) => Pixels.AsSpan(y * Size.Width, Size.Width);

    /// <summary>Each square of pixels becomes its mean; what is left over at the right and at the bottom is cut off.</summary>
    public Picture Smaller(int scale)
    {
        if (scale > Math.Min(Size.Width, Size.Height))
        {
            throw new UsageException($"a scale of {scale} leaves nothing of {Size.Width}x{Size.Height}");
        }

        var smaller = new Picture(new PictureSize(Size.Width / scale, Size.Height / scale));
        long[] sums = new long[4 * smaller.Size.Width];
        for (int y = 0; y < smaller.Size.Height; y++)
        {
            Array.Clear(sums);
            for (int inner = 0; inner < scale; inner++)
            {
                ReadOnlySpan<byte> row = MemoryMarshal.AsBytes(Row((y * scale) + inner))[..(sums.Length * scale)];
                for (int i = 0; i < row.Length; i++)
                {
                    sums[(i / (4 * scale) * 4) + (i % 4)] += row[i];
                }
            }

            Span<byte> target = MemoryMarshal.AsBytes(smaller.Row(y));
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = (byte)((sums[i] + ((long)scale * scale / 2)) / ((long)scale * scale));
            }
        }

        return smaller;
    }

    /// <summary>This one at the left and another one, of the same height, at the right.</summary>
    public Picture Beside(Picture right)
    {
        if (right.Size.Height != Size.Height || !IsPossible((long)Size.Width + right.Size.Width, Size.Height))
        {
            throw new UsageException($"pictures of one height were expected, not {Size.Height} and {right.Size.Height} rows");
        }

        var both = new Picture(new PictureSize(Size.Width + right.Size.Width, Size.Height));
        for (int y = 0; y < Size.Height; y++)
        {
            Row(y).CopyTo(both.Row(y));
            right.Row(y).CopyTo(both.Row(y)[Size.Width..]);
        }

        return both;
    }
}
