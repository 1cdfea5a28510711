using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.IO.Pipes;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Imaging;
using ImageTool;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>imagetool's PNG files: what is written is read, and what is broken is refused with what is wrong.</summary>
public class PngTests
{
    private static readonly byte[] s_header = Header(2, 2);
    private static readonly byte[] s_rows = ZLib([0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12]);

    public static TheoryData<string, byte[]> Broken { get; } = new()
    {
        { "it should begin with 89504E470D0A1A0A, and begins with ''", [] },
        { "it should begin with 89504E470D0A1A0A, and begins with '474946383961", "GIF89a"u8.ToArray() },
        { "it ends at byte 8, in the middle of a chunk or before IEND", File() },
        { "it ends at byte 44, in the middle of a chunk or before IEND", File(s_header, Chunk("IEND", [])[..^1]) },
        { "it ends at byte", File(s_header, Chunk("IDAT", s_rows)) },
        { "it should begin with IHDR of 13 bytes, and begins with IDAT of", File(Chunk("IDAT", s_rows), s_header, Chunk("IEND", [])) },
        { "it should begin with IHDR of 13 bytes, and begins with IHDR of 4", File(Chunk("IHDR", [0, 0, 0, 1]), Chunk("IEND", [])) },
        { "the chunk IHDR at byte 8 should have 4294967295 bytes, and there are 33 left", File([0xFF, 0xFF, 0xFF, 0xFF, .. "IHDR"u8, .. new byte[37]]) },
        { "four letters were expected at byte 12, the type of a chunk, and there is 1B5B336D", File([0, 0, 0, 0, 0x1B, 0x5B, 0x33, 0x6D, 0, 0, 0, 0]) },
        { "the chunk IDAT at byte 33 is damaged: its checksum should be", File(s_header, Damaged(Chunk("IDAT", s_rows)), Chunk("IEND", [])) },
        { "pixels were expected, and it has 0 x 2", Whole(Header(0, 2), s_rows) },
        { "pixels were expected, and it has 2 x 0", Whole(Header(2, 0), s_rows) },
        { "pixels were expected, and it has 4294967295 x 4294967295", Whole(Header(uint.MaxValue, uint.MaxValue), s_rows) },
        { "pixels were expected, and it has 65536 x 65536", Whole(Header(65536, 65536), s_rows) },
        { "and it has 16 bits, colour type 2,", Whole(Header(2, 2, depth: 16), s_rows) },
        { "and it has 8 bits, colour type 3,", Whole(Header(2, 2, type: 3), s_rows) },
        { "compression 0, filter 0 and interlace 1", Whole(Header(2, 2, interlace: 1), s_rows) },
        { "2 rows were expected, and there are 1", Whole(s_header, ZLib([0, 1, 2, 3, 4, 5, 6, 0])) },
        { "2 rows were expected, and there are 0", Whole(s_header, []) },
        { "2 rows were expected, and there are more", Whole(s_header, ZLib(new byte[15])) },
        { "a row has a filter of 0 to 4, and row 1 has 5", Whole(s_header, ZLib([0, 1, 2, 3, 4, 5, 6, 5, 1, 2, 3, 4, 5, 6])) },
        { "its compressed rows are damaged", Whole(s_header, "this is not compressed"u8.ToArray()) },
        { "its compressed rows are damaged", Whole(s_header, [.. s_rows[..^1], (byte)(s_rows[^1] ^ 1)]) },
        { "the chunks IDAT should follow one another, and there is tEXt between them", File(s_header, Chunk("IDAT", s_rows), Chunk("tEXt", [1]), Chunk("IDAT", [1]), Chunk("IEND", [])) },
        { "it has a chunk NEWs, which this program does not know what to do with", File(s_header, Chunk("NEWs", []), Chunk("IDAT", s_rows), Chunk("IEND", [])) },
        { "it has a chunk tRNS, which this program does not know what to do with", File(s_header, Chunk("tRNS", new byte[6]), Chunk("IDAT", s_rows), Chunk("IEND", [])) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_refused_with_what_was_expected_and_found(string words, byte[] file) =>
        Assert.Contains(words, Assert.Throws<PngException>(() => PngReader.Read(file, CancellationToken.None)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_picture_in_several_pieces_with_chunks_that_may_be_ignored_is_read()
    {
        byte[] file = File(
            s_header, Chunk("tEXt", "Title\0x"u8), Chunk("PLTE", [1, 2, 3]), Chunk("IDAT", s_rows.AsSpan(0, 3)), Chunk("IDAT", []), Chunk("IDAT", s_rows.AsSpan(3)), Chunk("IEND", []));

        Pixel[] pixels = PngReader.Read(file, CancellationToken.None).Pixels;

        Assert.Equal([new(1, 2, 3, 255), new(4, 5, 6, 255), new(7, 8, 9, 255), new(10, 11, 12, 255)], pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_row_with_any_of_the_five_filters_is_read(int filter)
    {
        Picture picture = ImageToolRun.Noise(11, 9, seed: filter);
        byte[] file = Whole(Header(11, 9, type: 6), ZLib(Filtered(picture, filter)));

        ImageToolRun.AssertSame(picture, PngReader.Read(file, CancellationToken.None));
    }

    [Fact]
    public void A_pipe_is_no_file_to_read()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);

        IOException e = Assert.Throws<IOException>(() => PngFile.Read($"/proc/self/fd/{pipe.GetClientHandleAsString()}", CancellationToken.None));

        Assert.EndsWith("is no regular file", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_that_is_written_is_read_as_it_was() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Gen.Choose(1, 40).Four().ToArbitrary(),
            size =>
            {
                Picture picture = ImageToolRun.Noise(size.Item1, size.Item2, size.Item3 + (100 * size.Item4), isOpaque: size.Item4 % 2 == 0);
                var stream = new MemoryStream();
                PngWriter.Write(stream, picture, CancellationToken.None);
                ImageToolRun.AssertSame(picture, PngReader.Read(stream.ToArray(), CancellationToken.None));
            }));

    [Fact]
    public void A_file_with_any_of_its_bytes_changed_or_cut_off_is_refused_and_never_read_as_another_picture()
    {
        var stream = new MemoryStream();
        PngWriter.Write(stream, ImageToolRun.Noise(17, 13, seed: 1), CancellationToken.None);
        byte[] file = stream.ToArray();

        for (int i = 0; i < file.Length; i++)
        {
            byte[] changed = [.. file];
            changed[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<PngException>(() => PngReader.Read(changed, CancellationToken.None));
            Assert.Throws<PngException>(() => PngReader.Read(file.AsMemory(0, i), CancellationToken.None));
        }
    }

    [Fact]
    public void Compressed_rows_with_any_of_their_bytes_changed_are_refused_or_a_picture_of_that_size() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            Gen.Zip(Gen.Choose(0, s_rows.Length - 1), Gen.Choose(0, 255)).ListOf().ToArbitrary(),
            changes =>
            {
                byte[] rows = [.. s_rows];
                foreach ((int place, int value) in changes)
                {
                    rows[place] = (byte)value;
                }

                Exception? refusal = Record.Exception(() => Assert.Equal(4, PngReader.Read(Whole(s_header, rows), CancellationToken.None).Pixels.Length));
                Assert.True(refusal is null or PngException, refusal?.ToString());
            }));

    [Fact]
    public void A_file_that_is_no_PNG_is_65_and_nothing_is_written()
    {
        using var scratch = new Scratch();
        string input = scratch.Write("in.png", "\x1b[31mtext");

        HostResult result = ImageToolRun.Run("apply", input, scratch.PathOf("out.png"), "blur").Exits(65);

        Assert.Contains("in.png' cannot be read as a PNG file: it should begin with", result.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(scratch.PathOf("out.png")));
    }

    [Fact]
    public void A_file_that_cannot_be_completed_leaves_what_was_there_and_nothing_else()
    {
        using var scratch = new Scratch();
        string output = scratch.Write("out.png", "what was here before");
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => PngFile.Write(output, ImageToolRun.Noise(9, 9, seed: 1), cancellation.Token));

        Assert.Equal("what was here before", System.IO.File.ReadAllText(output));
        Assert.Single(Directory.GetFileSystemEntries(scratch.Root));
    }

    [Fact]
    public void An_output_in_a_directory_that_is_not_there_is_66_by_name()
    {
        using var scratch = new Scratch();

        HostResult result = ImageToolRun.Run("scene", "8x8", scratch.PathOf("none/out.png")).Exits(66);

        Assert.Contains("none", result.Error, StringComparison.Ordinal);
    }

    private static byte[] Whole(byte[] header, ReadOnlySpan<byte> rows) => File(header, Chunk("IDAT", rows), Chunk("IEND", []));

    private static byte[] File(params byte[][] chunks) => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. chunks.SelectMany(chunk => chunk)];

    private static byte[] Header(uint width, uint height, byte depth = 8, byte type = 2, byte interlace = 0)
    {
        byte[] data = [.. new byte[8], depth, type, 0, 0, interlace];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        return Chunk("IHDR", data);
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(^4..), Crc32.HashToUInt32(chunk.AsSpan(4..^4)));
        return chunk;
    }

    private static byte[] Damaged(byte[] chunk) => [.. chunk[..^1], (byte)(chunk[^1] ^ 1)];

    private static byte[] ZLib(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var compression = new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            compression.Write(bytes);
        }

        return stream.ToArray();
    }

    // The specification's words, one byte at a time: a to the left, b above, c above the left one.
    private static byte[] Filtered(Picture picture, int filter)
    {
        var bytes = new List<byte>();
        for (int y = 0; y < picture.Size.Height; y++)
        {
            bytes.Add((byte)filter);
            for (int i = 0; i < 4 * picture.Size.Width; i++)
            {
                (int a, int b, int c) = (Byte(picture, i - 4, y), Byte(picture, i, y - 1), Byte(picture, i - 4, y - 1));
                int predicted = filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => Nearest(a + b - c, a, b, c) };
                bytes.Add((byte)(Byte(picture, i, y) - predicted));
            }
        }

        return [.. bytes];
    }

    private static int Nearest(int prediction, params int[] candidates) => candidates.MinBy(candidate => Math.Abs(prediction - candidate));

    private static int Byte(Picture picture, int i, int y)
    {
        if (i < 0 || y < 0)
        {
            return 0;
        }

        Pixel pixel = picture.Row(y)[i / 4];
        return (i % 4) switch { 0 => pixel.Red, 1 => pixel.Green, 2 => pixel.Blue, _ => pixel.Alpha };
    }
}
