namespace NativePlugins.TestContracts;

/// <summary>The contract's members in C#.</summary>
public class Types : ITypes
{
    /// <inheritdoc/>
    public sbyte EchoSByte(sbyte value) => value;

    /// <inheritdoc/>
    public byte EchoByte(byte value) => value;

    /// <inheritdoc/>
    public short EchoInt16(short value) => value;

    /// <inheritdoc/>
    public ushort EchoUInt16(ushort value) => value;

    /// <inheritdoc/>
    public int EchoInt32(int value) => value;

    /// <inheritdoc/>
    public uint EchoUInt32(uint value) => value;

    /// <inheritdoc/>
    public long EchoInt64(long value) => value;

    /// <inheritdoc/>
    public ulong EchoUInt64(ulong value) => value;

    /// <inheritdoc/>
    public float EchoSingle(float value) => value;

    /// <inheritdoc/>
    public double EchoDouble(double value) => value;

    /// <inheritdoc/>
    public nint EchoIntPtr(nint value) => value;

    /// <inheritdoc/>
    public nuint EchoUIntPtr(nuint value) => value;

    /// <inheritdoc/>
    public bool EchoBool(bool value) => value;

    /// <inheritdoc/>
    public Mode EchoMode(Mode value) => value;

    /// <inheritdoc/>
    public Wide EchoWide(Wide value) => value;

    /// <inheritdoc/>
    public Pixel EchoPixel(Pixel value) => value;

    /// <inheritdoc/>
    public Box EchoBox(in Box value) => value;

    /// <inheritdoc/>
    public string EchoText(string value) => value;

    /// <inheritdoc/>
    public string Join(string first, string second) => first + second;

    /// <inheritdoc/>
    public byte[] CopyBytes(ReadOnlySpan<byte> values) => values.ToArray();

    /// <inheritdoc/>
    public double[] CopyDoubles(ReadOnlySpan<double> values) => values.ToArray();

    /// <inheritdoc/>
    public Box[] CopyBoxes(ReadOnlySpan<Box> values) => values.ToArray();

    /// <inheritdoc/>
    public Mode[] CopyModes(ReadOnlySpan<Mode> values) => values.ToArray();

    /// <inheritdoc/>
    public void ReverseBytes(Span<byte> values) => values.Reverse();

    /// <inheritdoc/>
    public void ReverseBoxes(Span<Box> values) => values.Reverse();

    /// <inheritdoc/>
    public void Spread(long number, bool flag, Wide wide, in Box box, out long outNumber, out bool outFlag, out Wide outWide, out Box outBox) =>
        (outNumber, outFlag, outWide, outBox) = (number, flag, wide, box);

    /// <inheritdoc/>
    public void Change(ref int number, ref bool flag, ref Mode mode, ref Box box)
    {
        number = unchecked(number + 1);
        flag = !flag;
        mode = unchecked((Mode)((byte)mode + 1));
        box.Count = unchecked(-box.Count);
    }

    /// <inheritdoc/>
    public long Mixed(ReadOnlySpan<byte> bytes, string text, int number, bool isNegative, Span<int> written)
    {
        ArgumentNullException.ThrowIfNull(text);
        written.Fill(number);
        long sum = (long)bytes.Length + (bytes.IsEmpty ? 0 : bytes[0]) + System.Text.Encoding.UTF8.GetByteCount(text) + number;
        return isNegative ? -sum : sum;
    }

    /// <inheritdoc/>
    public void DoNothing()
    {
    }
}
