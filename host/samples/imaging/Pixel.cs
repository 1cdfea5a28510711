namespace Imaging;

/// <summary>A pixel of 32 bits. Each channel is 0 to 255, as a PNG file has it.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
/// <param name="Alpha">0 for transparent to 255 for opaque; the colours are not multiplied by it.</param>
public readonly record struct Pixel(byte Red, byte Green, byte Blue, byte Alpha);
