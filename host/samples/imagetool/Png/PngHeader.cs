using System.Buffers.Binary;
using Imaging;

namespace ImageTool;

/// <summary>The chunk IHDR of a picture with 8 bits a channel, red, green, blue and perhaps alpha, that is not interlaced.</summary>
internal readonly record struct PngHeader(PictureSize Size, bool HasAlpha)
{
    private const int Length = 13;
    private const byte RgbType = 2;
    private const byte RgbaType = 6;

    public int BytesPerPixel => HasAlpha ? 4 : 3;

    /// <exception cref="PngException">It is another kind of picture, or one of no possible size.</exception>
    public static PngHeader Read(PngChunk chunk)
    {
        if (chunk.Type != "IHDR" || chunk.Data.Length != Length)
        {
            throw new PngException($"it should begin with IHDR of {Length} bytes, and begins with {chunk.Type} of {chunk.Data.Length}");
        }

        ReadOnlySpan<byte> data = chunk.Data.Span;
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (byte depth, byte type, byte compression, byte filter, byte interlace) = (data[8], data[9], data[10], data[11], data[12]);
        if (!Picture.IsPossible(width, height))
        {
            throw new PngException($"1 to {Picture.MaxPixels} pixels were expected, and it has {width} x {height}");
        }

        if (depth != 8 || type is not (RgbType or RgbaType) || compression != 0 || filter != 0 || interlace != 0)
        {
            throw new PngException(
                $"8 bits, colour type {RgbType} (RGB) or {RgbaType} (RGBA), compression 0, filter 0 and interlace 0 were expected, "
                + $"and it has {depth} bits, colour type {type}, compression {compression}, filter {filter} and interlace {interlace}");
        }

        return new PngHeader(new PictureSize((int)width, (int)height), type == RgbaType);
    }

    public void Write(Stream stream)
    {
        Span<byte> data = stackalloc byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(data, Size.Width);
        BinaryPrimitives.WriteInt32BigEndian(data[4..], Size.Height);
        data[8] = 8;
        data[9] = HasAlpha ? RgbaType : RgbType;
        data[10..].Clear();
        PngChunk.Write(stream, "IHDR", data);
    }
}
