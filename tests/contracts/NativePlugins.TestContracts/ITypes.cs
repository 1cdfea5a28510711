using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Every type in every position. Each member gives back what it got, or says how it changes it.</summary>
[PluginContract("test.types")]
public partial interface ITypes
{
    /// <summary>The same number.</summary>
    sbyte EchoSByte(sbyte value);

    /// <summary>The same number.</summary>
    byte EchoByte(byte value);

    /// <summary>The same number.</summary>
    short EchoInt16(short value);

    /// <summary>The same number.</summary>
    ushort EchoUInt16(ushort value);

    /// <summary>The same number.</summary>
    int EchoInt32(int value);

    /// <summary>The same number.</summary>
    uint EchoUInt32(uint value);

    /// <summary>The same number.</summary>
    long EchoInt64(long value);

    /// <summary>The same number.</summary>
    ulong EchoUInt64(ulong value);

    /// <summary>The same number, bit by bit.</summary>
    float EchoSingle(float value);

    /// <summary>The same number, bit by bit.</summary>
    double EchoDouble(double value);

    /// <summary>The same number.</summary>
    nint EchoIntPtr(nint value);

    /// <summary>The same number.</summary>
    nuint EchoUIntPtr(nuint value);

    /// <summary>The same value.</summary>
    bool EchoBool(bool value);

    /// <summary>The same value.</summary>
    Mode EchoMode(Mode value);

    /// <summary>The same value.</summary>
    Wide EchoWide(Wide value);

    /// <summary>The same struct.</summary>
    Pixel EchoPixel(Pixel value);

    /// <summary>The same struct, which is passed by reference.</summary>
    Box EchoBox(in Box value);

    /// <summary>The same text.</summary>
    string EchoText(string value);

    /// <summary>Both texts, one after the other.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <returns>The two, with nothing between them.</returns>
    string Join(string first, string second);

    /// <summary>The same bytes in an array.</summary>
    byte[] CopyBytes(ReadOnlySpan<byte> values);

    /// <summary>The same numbers in an array.</summary>
    double[] CopyDoubles(ReadOnlySpan<double> values);

    /// <summary>The same structs in an array.</summary>
    Box[] CopyBoxes(ReadOnlySpan<Box> values);

    /// <summary>The same values in an array.</summary>
    Mode[] CopyModes(ReadOnlySpan<Mode> values);

    /// <summary>Turns the order around, in place.</summary>
    void ReverseBytes(Span<byte> values);

    /// <summary>Turns the order around, in place.</summary>
    void ReverseBoxes(Span<Box> values);

    /// <summary>Gives each value back through an out parameter.</summary>
    void Spread(long number, bool flag, Wide wide, in Box box, out long outNumber, out bool outFlag, out Wide outWide, out Box outBox);

    /// <summary>Adds 1 to the number, turns the flag around, sets the enum to its next value and the count to minus itself.</summary>
    void Change(ref int number, ref bool flag, ref Mode mode, ref Box box);

    /// <summary>All of it at once: the number of bytes, plus the first of them, plus the text's length in bytes of UTF-8, plus the number.</summary>
    long Mixed(ReadOnlySpan<byte> bytes, string text, int number, bool isNegative, Span<int> written);

    /// <summary>Does nothing.</summary>
    void DoNothing();
}
