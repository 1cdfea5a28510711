using System.Runtime.ExceptionServices;
using NativePlugins.Abi;

namespace NativePlugins.Host;

/// <summary>Takes a piece of UTF-8 text that a command has written. A character may be split between two pieces.</summary>
/// <param name="utf8">The bytes, borrowed for the call.</param>
internal delegate void Utf8Writer(ReadOnlySpan<byte> utf8);

/// <summary>The managed side of one run of a command.</summary>
internal sealed class CommandCall(Utf8Writer output, Utf8Writer errorOutput, CancellationToken cancellationToken)
{
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the application's own writer threw; the plugin saw NP_E_IO.</summary>
    public ExceptionDispatchInfo? WriterFailure { get; private set; }

    public unsafe int Write(byte* data, nuint size, bool isError)
    {
        if (WriterFailure is not null)
        {
            return np.NP_E_IO;
        }

        try
        {
            Utf8Writer writer = isError ? errorOutput : output;
            while (size > 0)
            {
                int piece = (int)nuint.Min(size, int.MaxValue);
                writer(new ReadOnlySpan<byte>(data, piece));
                data += piece;
                size -= (nuint)piece;
            }

            return np.NP_OK;
        }
        catch (Exception e)
        {
            WriterFailure = ExceptionDispatchInfo.Capture(e);
            return np.NP_E_IO;
        }
    }
}
