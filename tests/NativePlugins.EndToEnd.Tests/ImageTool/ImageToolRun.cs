using Imaging;
using ImageTool;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>The published imagetool, and pictures for it.</summary>
internal static class ImageToolRun
{
    public static HostResult Run(params IEnumerable<string> arguments) =>
        HostProcess.RunProgram(Repository.ImageTool, new HostEnvironment(), arguments);

    /// <summary>Starts it with standard error on standard output, where a test can wait for it.</summary>
    public static HostProcess Start(params IEnumerable<string> arguments) =>
        HostProcess.Start("sh", new HostEnvironment(), ["-c", "exec \"$0\" \"$@\" 2>&1", Repository.ImageTool, .. arguments]);

    public static Picture Noise(int width, int height, int seed, bool isOpaque = false)
    {
        var picture = new Picture(new PictureSize(width, height));
        var random = new Random(seed);
        foreach (ref Pixel pixel in picture.Pixels.AsSpan())
        {
            // Half of the values are 0 or 255, where rounding and saturation go wrong first.
            pixel = new Pixel(Channel(random), Channel(random), Channel(random), isOpaque ? (byte)255 : Channel(random));
        }

        return picture;
    }

    public static string Save(Scratch scratch, string name, Picture picture)
    {
        PngFile.Write(scratch.PathOf(name), picture, CancellationToken.None);
        return scratch.PathOf(name);
    }

    public static Picture Load(string path) => PngFile.Read(path, CancellationToken.None);

    public static void AssertSame(Picture expected, Picture found)
    {
        Assert.Equal(expected.Size, found.Size);
        int different = expected.Pixels.AsSpan().CommonPrefixLength(found.Pixels);
        Assert.True(
            different == expected.Pixels.Length,
            different == expected.Pixels.Length ? "" : $"pixel {different}: {expected.Pixels[different]} was expected, and there is {found.Pixels[different]}");
    }

    private static byte Channel(Random random) => random.Next(4) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
}
