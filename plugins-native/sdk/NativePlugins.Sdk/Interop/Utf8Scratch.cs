using System.Buffers;
using System.Text;

namespace NativePlugins.Sdk.Interop;

/// <summary>A string as UTF-8 for the time of one call: in the caller's buffer if it fits, else in a pooled one.</summary>
internal ref struct Utf8Scratch
{
    public const int StackSize = 256;

    private byte[]? _rented;

    public Utf8Scratch(string? text, Span<byte> stack)
    {
        int needed = Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0);
        if (needed > stack.Length)
        {
            _rented = ArrayPool<byte>.Shared.Rent(needed);
            stack = _rented;
        }

        Bytes = stack[..Encoding.UTF8.GetBytes(text, stack)];
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
