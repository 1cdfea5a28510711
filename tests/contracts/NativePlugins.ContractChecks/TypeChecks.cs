using System.Text;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>Each type in each position, round trip.</summary>
public static class TypeChecks
{
    /// <summary>Values at the edges of every type.</summary>
    public static IEnumerable<Sample> Edges { get; } =
    [
        new(),
        new()
        {
            SByte = sbyte.MinValue, Byte = byte.MaxValue, Int16 = short.MinValue, UInt16 = ushort.MaxValue, Int32 = int.MinValue,
            UInt32 = uint.MaxValue, Int64 = long.MinValue, UInt64 = ulong.MaxValue, Single = float.NaN, Double = double.NaN,
            Bool = true, Mode = Mode.Exact, Wide = Wide.Least, First = "\0", Second = "a\0b\0",
            Bytes = [0], Doubles = [double.NaN, double.NegativeInfinity, -0.0, double.Epsilon],
            Box = new Box(double.NaN, new Pixel(255, 254, 253, Mode.Fast), int.MinValue, Wide.Minus),
        },
        new()
        {
            SByte = sbyte.MaxValue, Int16 = short.MaxValue, Int32 = int.MaxValue, Int64 = long.MaxValue, Single = float.MinValue,
            Double = double.MaxValue, Mode = (Mode)77, Wide = Wide.Most, First = "ä€😀", Second = "\ud83d alone \ude00",
            Bytes = [.. Enumerable.Range(0, 100_000).Select(i => (byte)i)],
            Boxes = [.. Enumerable.Range(0, 1_000).Select(i => new Box(i / 3.0, new Pixel((byte)i, 1, 2, Mode.None), -i, (Wide)i))],
            Modes = [Mode.None, Mode.Fast, Mode.Exact, (Mode)9],
        },
        .. new[] { 84, 85, 86, 255, 256, 257, 4096, 70_000 }.SelectMany(length => new[]
        {
            new Sample { First = new string('x', length), Second = new string('€', length) },
        }),
    ];

    public static IEnumerable<Sample> Random(int seed, int count)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            yield return Sample.Of(random);
        }
    }

    /// <summary>Sends a sample through every member.</summary>
    public static void RoundTrip(ITypes types, Sample sample)
    {
        Numbers(types, sample);
        Texts(types, sample);
        Spans(types, sample);
        References(types, sample);
        types.DoNothing();
    }

    private static void Numbers(ITypes types, Sample s)
    {
        Check.Equal(s.SByte, types.EchoSByte(s.SByte));
        Check.Equal(s.Byte, types.EchoByte(s.Byte));
        Check.Equal(s.Int16, types.EchoInt16(s.Int16));
        Check.Equal(s.UInt16, types.EchoUInt16(s.UInt16));
        Check.Equal(s.Int32, types.EchoInt32(s.Int32));
        Check.Equal(s.UInt32, types.EchoUInt32(s.UInt32));
        Check.Equal(s.Int64, types.EchoInt64(s.Int64));
        Check.Equal(s.UInt64, types.EchoUInt64(s.UInt64));
        Check.Equal(BitConverter.SingleToInt32Bits(s.Single), BitConverter.SingleToInt32Bits(types.EchoSingle(s.Single)));
        Check.Equal(BitConverter.DoubleToInt64Bits(s.Double), BitConverter.DoubleToInt64Bits(types.EchoDouble(s.Double)));
        Check.Equal((nint)s.Int64, types.EchoIntPtr((nint)s.Int64));
        Check.Equal((nuint)s.UInt64, types.EchoUIntPtr((nuint)s.UInt64));
        Check.Equal(s.Bool, types.EchoBool(s.Bool));
        Check.Equal(s.Mode, types.EchoMode(s.Mode));
        Check.Equal(s.Wide, types.EchoWide(s.Wide));
        Check.Equal(s.Box.Colour, types.EchoPixel(s.Box.Colour));
        Check.Equal(s.Box, types.EchoBox(s.Box));
    }

    private static void Texts(ITypes types, Sample s)
    {
        Check.Equal(Crossed(s.First), types.EchoText(s.First));
        Check.Equal(Crossed(s.First) + Crossed(s.Second), types.Join(s.First, s.Second));
    }

    private static void Spans(ITypes types, Sample s)
    {
        Check.Same<byte>(s.Bytes, types.CopyBytes(s.Bytes));
        Check.Same<double>(s.Doubles, types.CopyDoubles(s.Doubles));
        Check.Same<Box>(s.Boxes, types.CopyBoxes(s.Boxes));
        Check.Same<Mode>(s.Modes, types.CopyModes(s.Modes));

        byte[] bytes = [.. s.Bytes];
        types.ReverseBytes(bytes);
        Check.Same<byte>([.. Enumerable.Reverse(s.Bytes)], bytes);
        Box[] boxes = [.. s.Boxes];
        types.ReverseBoxes(boxes);
        Check.Same<Box>([.. Enumerable.Reverse(s.Boxes)], boxes);

        int[] written = new int[s.Bytes.Length % 7];
        long sum = (long)s.Bytes.Length + s.Bytes.FirstOrDefault() + Encoding.UTF8.GetByteCount(s.First) + s.Int32;
        Check.Equal(s.Bool ? -sum : sum, types.Mixed(s.Bytes, s.First, s.Int32, s.Bool, written));
        Check.Same<int>([.. Enumerable.Repeat(s.Int32, written.Length)], written);
    }

    private static void References(ITypes types, Sample s)
    {
        types.Spread(s.Int64, s.Bool, s.Wide, s.Box, out long number, out bool flag, out Wide wide, out Box box);
        Check.Equal((s.Int64, s.Bool, s.Wide, s.Box), (number, flag, wide, box));

        int changed = s.Int32;
        flag = s.Bool;
        Mode mode = s.Mode;
        types.Change(ref changed, ref flag, ref mode, ref box);
        Check.Equal(unchecked(s.Int32 + 1), changed);
        Check.Equal(!s.Bool, flag);
        Check.Equal(unchecked((Mode)((byte)s.Mode + 1)), mode);
        Check.Equal(s.Box with { Count = unchecked(-s.Box.Count) }, box);
    }

    // Half of a surrogate pair is no text: it arrives as U+FFFD.
    private static string Crossed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
