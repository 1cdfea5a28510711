using System.Text;

namespace NativePlugins.Abi;

/// <summary>Text as it crosses the ABI: a pointer and a length in bytes, UTF-8, borrowed for the call.</summary>
public static unsafe class Utf8Text
{
    /// <summary>The longest text that is read from the other side, in bytes; what is beyond is cut off.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>The bytes of a text. NULL is an empty text, and one that is too long is cut at <see cref="MaxLength"/>.</summary>
    public static ReadOnlySpan<byte> Bytes(sbyte* text, nuint length) =>
        text == null ? default : new ReadOnlySpan<byte>(text, (int)nuint.Min(length, MaxLength));

    /// <summary>Copies a text to a string. Ill-formed UTF-8 becomes U+FFFD, as the ABI asks.</summary>
    public static string Decode(sbyte* text, nuint length) => Encoding.UTF8.GetString(Bytes(text, length));
}
