using Imaging;
using NativePlugins.Sdk;

/// <summary>Takes the colour out. docs/imagetool.md has the arithmetic.</summary>
[Plugin("grayscale", Name = "Grayscale", Version = "1.0.0")]
internal sealed class Grayscale : IImageFilter
{
    public string Describe() => "takes the colour out; amount: how much of it, in percent (100)";

    public ValueTask Apply(
        ReadOnlyMemory<Pixel> source, Memory<Pixel> target, PictureSize size, int amount, IFilterProgress progress, CancellationToken cancellationToken)
    {
        if ((long)size.Width * size.Height != source.Length || source.Length != target.Length || size.Width < 1)
        {
            throw new ArgumentException($"The size is {size.Width} x {size.Height}, but the pixels are {source.Length} and {target.Length}.");
        }

        if (amount is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "A percentage, 0 to 100, was expected.");
        }

        int percent = amount == 0 ? 100 : amount;
        for (int y = 0; y < size.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Row(source.Span.Slice(y * size.Width, size.Width), target.Span.Slice(y * size.Width, size.Width), percent);
            progress.Report(y + 1, size.Height);
        }

        return ValueTask.CompletedTask;
    }

    private static void Row(ReadOnlySpan<Pixel> source, Span<Pixel> target, int percent)
    {
        for (int x = 0; x < source.Length; x++)
        {
            Pixel pixel = source[x];
            int gray = ((77 * pixel.Red) + (150 * pixel.Green) + (29 * pixel.Blue) + 128) >> 8;
            target[x] = new Pixel(Mix(pixel.Red, gray, percent), Mix(pixel.Green, gray, percent), Mix(pixel.Blue, gray, percent), pixel.Alpha);
        }
    }

    private static byte Mix(int from, int to, int percent) => (byte)(((from * (100 - percent)) + (to * percent) + 50) / 100);
}
