using System.Text;

namespace NativePlugins.Host.Loading;

/// <summary>Decodes pieces of UTF-8 that may end in the middle of a character.</summary>
internal sealed class Utf8TextWriter(TextWriter writer)
{
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public void Write(ReadOnlySpan<byte> utf8)
    {
        Span<char> buffer = stackalloc char[512];
        while (!utf8.IsEmpty)
        {
            _decoder.Convert(utf8, buffer, flush: false, out int used, out int written, out _);
            writer.Write(buffer[..written]);
            utf8 = utf8[used..];
        }
    }

    public void Flush()
    {
        Span<char> rest = stackalloc char[4];
        _decoder.Convert([], rest, flush: true, out _, out int written, out _);
        writer.Write(rest[..written]);
    }
}
