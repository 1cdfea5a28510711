using System.Runtime.ExceptionServices;
using NativePlugins.Abi;

namespace NativePlugins.Host.Transport;

/// <summary>Receives a piece of UTF-8 text that a command has written. A character may be split between two pieces.</summary>
/// <param name="utf8">The bytes, borrowed for the call.</param>
internal delegate void Utf8Writer(ReadOnlySpan<byte> utf8);

/// <summary>The managed side of one run of a command.</summary>
internal sealed class CommandCall(Utf8Writer output, Utf8Writer errorOutput, CancellationToken cancellationToken)
{
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the application's own writer threw. The plugin saw NP_E_IO.</summary>
    public ExceptionDispatchInfo? WriterFailure { get; private set; }

    /// <summary>Passes a piece on to the application's writer.</summary>
    /// <returns>NP_OK, or NP_E_IO once the application's own writer has thrown.</returns>
    public int Write(ReadOnlySpan<byte> utf8, bool isError)
    {
        if (WriterFailure is not null)
        {
            return np.NP_E_IO;
        }

        try
        {
            (isError ? errorOutput : output)(utf8);
            return np.NP_OK;
        }
        catch (Exception e)
        {
            WriterFailure = ExceptionDispatchInfo.Capture(e);
            return np.NP_E_IO;
        }
    }
}
