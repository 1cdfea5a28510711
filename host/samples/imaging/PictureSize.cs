namespace Imaging;

/// <summary>How large a picture is, in pixels.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
public readonly record struct PictureSize(int Width, int Height);
