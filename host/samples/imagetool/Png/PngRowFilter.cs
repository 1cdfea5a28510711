namespace ImageTool;

/// <summary>
/// The five ways to write a row as differences: 0 none, 1 to the left pixel, 2 to the one above, 3 to their mean, 4 to what
/// Paeth predicts. PNG specification, third edition, 9.
/// </summary>
internal static class PngRowFilter
{
    public const int Count = 5;

    /// <summary>Makes each filter's bytes of a row, and says whose sum of absolute values is the smallest.</summary>
    public static int Apply(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int bytesPerPixel, byte[][] filtered)
    {
        Span<byte> none = filtered[0], left = filtered[1], up = filtered[2], mean = filtered[3], paeth = filtered[4];
        row.CopyTo(none);
        Span<long> sums = stackalloc long[Count];
        for (int i = 0; i < row.Length; i++)
        {
            byte a = i < bytesPerPixel ? (byte)0 : row[i - bytesPerPixel];
            byte b = above[i];
            byte c = i < bytesPerPixel ? (byte)0 : above[i - bytesPerPixel];
            int x = row[i];
            left[i] = (byte)(x - a);
            up[i] = (byte)(x - b);
            mean[i] = (byte)(x - ((a + b) >> 1));
            paeth[i] = (byte)(x - Paeth(a, b, c));
            sums[0] += Math.Abs((int)(sbyte)x);
            sums[1] += Math.Abs((int)(sbyte)left[i]);
            sums[2] += Math.Abs((int)(sbyte)up[i]);
            sums[3] += Math.Abs((int)(sbyte)mean[i]);
            sums[4] += Math.Abs((int)(sbyte)paeth[i]);
        }

        return sums.IndexOf(long.Min(long.Min(long.Min(sums[0], sums[1]), long.Min(sums[2], sums[3])), sums[4]));
    }

    /// <summary>Turns a filtered row into the row.</summary>
    /// <exception cref="PngException">There is no such filter.</exception>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int bytesPerPixel, int y)
    {
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = bytesPerPixel; i < row.Length; i++)
                {
                    row[i] += row[i - bytesPerPixel];
                }

                break;
            case 2:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < bytesPerPixel ? 0 : row[i - bytesPerPixel]) + above[i]) >> 1);
                }

                break;
            case 4:
                for (int i = 0; i < row.Length; i++)
                {
                    bool isFirst = i < bytesPerPixel;
                    row[i] += isFirst ? above[i] : Paeth(row[i - bytesPerPixel], above[i], above[i - bytesPerPixel]);
                }

                break;
            default:
                throw new PngException($"a row has a filter of 0 to 4, and row {y} has {filter}");
        }
    }

    private static byte Paeth(byte left, byte above, byte aboveLeft)
    {
        int toLeft = Math.Abs(above - aboveLeft);
        int toAbove = Math.Abs(left - aboveLeft);
        int toAboveLeft = Math.Abs(left + above - (2 * aboveLeft));
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
