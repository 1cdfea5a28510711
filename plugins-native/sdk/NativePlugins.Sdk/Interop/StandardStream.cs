using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>
/// The process's standard output or error on Unix, written to with write(2). The framework's own console streams
/// initialise the terminal and take SIGINT, SIGQUIT, SIGCHLD and SIGCONT away from the host when they are first written
/// to; a FileStream would not move the position that all writers of a redirected file share.
/// </summary>
internal sealed unsafe class StandardStream(int descriptor) : IByteSink
{
    private const int Interrupted = 4; // EINTR, on Linux, macOS and the BSDs.

    // Every process that can load a library has a libc, and it is global.
    private readonly delegate* unmanaged[Cdecl]<int, byte*, nuint, nint> _write =
        (delegate* unmanaged[Cdecl]<int, byte*, nuint, nint>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "write");

    public int Write(ReadOnlySpan<byte> data)
    {
        fixed (byte* start = data)
        {
            for (int written = 0; written < data.Length;)
            {
                Marshal.SetLastSystemError(0);
                nint count = _write(descriptor, start + written, (nuint)(data.Length - written));
                if (count >= 0)
                {
                    written += (int)count;
                }
                else if (Marshal.GetLastSystemError() != Interrupted)
                {
                    // A broken pipe or a full disk: the text is lost. An exception could end the host.
                    return np.NP_OK;
                }
            }
        }

        return np.NP_OK;
    }
}
