using System.Text;

namespace NativePlugins.Cli;

/// <summary>Keeps the first mebibyte of what is written. Thread-safe.</summary>
internal sealed class CappedText : WriteOnlyStream
{
    private const int Limit = 1 << 20;

    private readonly MemoryStream _bytes = new();

    /// <summary>What is kept; bytes that are not UTF-8 are replaced.</summary>
    public string Text
    {
        get
        {
            lock (_bytes)
            {
                return Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
            }
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_bytes)
        {
            _bytes.Write(buffer[..Math.Min(buffer.Length, Limit - (int)_bytes.Length)]);
        }
    }
}
