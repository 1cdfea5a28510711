using Imaging;
using ImageTool;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>The filters as docs/imagetool.md defines them, each pixel by itself and as plainly as can be.</summary>
internal static class FilterReference
{
    public static Picture Apply(Picture picture, params IEnumerable<string> steps)
    {
        foreach (FilterStep step in steps.Select(FilterStep.Parse))
        {
            picture = step.Name switch
            {
                "grayscale" => Each(picture, pixel => Grayscale(pixel, step.Amount == 0 ? 100 : step.Amount)),
                "blur" => Blur(picture, step.Amount == 0 ? 4 : step.Amount),
                "edges" => Edges(picture, step.Amount == 0 ? 25 : step.Amount),
                "curve" => Each(picture, pixel => Curve(pixel, step.Amount == 0 ? 100 : step.Amount)),
                _ => throw new ArgumentException($"There is no reference for {step.Name}."),
            };
        }

        return picture;
    }

    private static int Brightness(Pixel pixel) => ((77 * pixel.Red) + (150 * pixel.Green) + (29 * pixel.Blue) + 128) / 256;

    private static byte Mix(int from, int to, int percent) => (byte)(((from * (100 - percent)) + (to * percent) + 50) / 100);

    private static Pixel Grayscale(Pixel pixel, int percent)
    {
        int gray = Brightness(pixel);
        return new Pixel(Mix(pixel.Red, gray, percent), Mix(pixel.Green, gray, percent), Mix(pixel.Blue, gray, percent), pixel.Alpha);
    }

    private static Pixel Curve(Pixel pixel, int percent)
    {
        int Contrast(int x) => ((3 * 255 * x * x) - (2 * x * x * x) + 32512) / 65025;
        int Warm(int x) => ((7 * Contrast(x)) + 4) / 8;
        return new Pixel(
            Mix(pixel.Red, Contrast(pixel.Red), percent),
            Mix(pixel.Green, Contrast(pixel.Green), percent),
            Mix(pixel.Blue, Warm(pixel.Blue), percent),
            pixel.Alpha);
    }

    private static Picture Blur(Picture picture, int radius)
    {
        for (int i = 0; i < 2; i++)
        {
            picture = Mean(picture, radius, 1, 0);
            picture = Mean(picture, radius, 0, 1);
        }

        return picture;
    }

    private static Picture Mean(Picture picture, int radius, int right, int down) => At(picture, (x, y) =>
    {
        (int red, int green, int blue, int alpha) = (0, 0, 0, 0);
        for (int i = -radius; i <= radius; i++)
        {
            Pixel pixel = Clamped(picture, x + (i * right), y + (i * down));
            (red, green, blue, alpha) = (red + pixel.Red, green + pixel.Green, blue + pixel.Blue, alpha + pixel.Alpha);
        }

        byte Rounded(int sum) => (byte)((sum + radius) / ((2 * radius) + 1));
        return new Pixel(Rounded(red), Rounded(green), Rounded(blue), Rounded(alpha));
    });

    private static Picture Edges(Picture picture, int gain) => At(picture, (x, y) =>
    {
        int B(int right, int down) => Brightness(Clamped(picture, x + right, y + down));
        int across = B(1, -1) + (2 * B(1, 0)) + B(1, 1) - B(-1, -1) - (2 * B(-1, 0)) - B(-1, 1);
        int down = B(-1, 1) + (2 * B(0, 1)) + B(1, 1) - B(-1, -1) - (2 * B(0, -1)) - B(1, -1);
        int paper = 255 - Math.Min(255, Root((across * across) + (down * down)) * gain / 25);
        Pixel pixel = Clamped(picture, x, y);
        byte Shade(int channel) => (byte)(((channel * paper) + 127) / 255);
        return new Pixel(Shade(pixel.Red), Shade(pixel.Green), Shade(pixel.Blue), pixel.Alpha);
    });

    // The largest whole number whose square is not larger; bit by bit, without a floating-point number.
    private static int Root(int square)
    {
        int root = 0;
        for (int bit = 1 << 11; bit > 0; bit >>= 1)
        {
            if ((root + bit) * (root + bit) <= square)
            {
                root += bit;
            }
        }

        return root;
    }

    private static Pixel Clamped(Picture picture, int x, int y) =>
        picture.Row(Math.Clamp(y, 0, picture.Size.Height - 1))[Math.Clamp(x, 0, picture.Size.Width - 1)];

    private static Picture Each(Picture picture, Func<Pixel, Pixel> filter) => At(picture, (x, y) => filter(picture.Row(y)[x]));

    private static Picture At(Picture picture, Func<int, int, Pixel> filter)
    {
        var filtered = new Picture(picture.Size);
        Parallel.For(0, picture.Size.Height, y =>
        {
            Span<Pixel> row = filtered.Row(y);
            for (int x = 0; x < row.Length; x++)
            {
                row[x] = filter(x, y);
            }
        });
        return filtered;
    }
}
