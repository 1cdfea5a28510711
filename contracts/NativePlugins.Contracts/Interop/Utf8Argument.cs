using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace NativePlugins.Contracts.Interop;

/// <summary>A string as UTF-8 for the time of one call: in the caller's buffer if it fits, else in a pooled one.</summary>
/// <remarks>What is no text in UTF-16, half of a surrogate pair, becomes U+FFFD.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Two of these are never compared.")]
public ref struct Utf8Argument
{
    /// <summary>The size of the buffer on the stack, in bytes.</summary>
    public const int StackSize = 256;

    private byte[]? _rented;

    /// <summary>Encodes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The parameter's name, for the exception.</param>
    /// <param name="stack">A buffer on the stack of the caller.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public Utf8Argument(string? text, string name, Span<byte> stack)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length == 0)
        {
            return;
        }

        // A UTF-16 unit takes three bytes of UTF-8 at most: bytes are counted only where they might not fit.
        if (text.Length > stack.Length / 3)
        {
            int needed = Encoding.UTF8.GetByteCount(text);
            if (needed > stack.Length)
            {
                _rented = ArrayPool<byte>.Shared.Rent(needed);
                stack = _rented;
            }
        }

        Bytes = stack[..Encoding.UTF8.GetBytes(text, stack)];
    }

    /// <summary>The text in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
