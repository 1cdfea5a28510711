using System.Globalization;
using Imaging;

namespace ImageTool;

/// <summary>The numbers on the command line.</summary>
internal static class Numbers
{
    public static PictureSize Size(string text) =>
        text.Split('x') is [var width, var height] && Parse(width) is int w and >= 1 && Parse(height) is int h and >= 1 && Picture.IsPossible(w, h)
            ? new PictureSize(w, h)
            : throw new UsageException($"a size such as 4096x3072 was expected, of {Picture.MaxPixels} pixels at most, not '{text}'");

    public static int Scale(string text) =>
        Parse(text) is int scale and >= 1 ? scale : throw new UsageException($"a scale of at least 1 was expected, not '{text}'");

    public static int? Parse(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
