using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

/// <summary>
/// An open descriptor. <see cref="Console"/> would start its terminal handling first, and a FileStream would write at
/// positions of its own where several programs share one file.
/// </summary>
internal sealed partial class UnixDescriptorStream(int descriptor, int wouldBlock) : WriteOnlyStream
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = write(descriptor, buffer, (nuint)buffer.Length);
            int error = written < 0 ? Marshal.GetLastPInvokeError() : 0;
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (error == wouldBlock)
            {
                WaitUntilWritable();
            }
            else if (error != Interrupted)
            {
                string message = Marshal.GetPInvokeErrorMessage(error);
                throw error == BrokenPipe ? new ReaderGoneException(message) : new IOException(message);
            }
        }
    }

    private void WaitUntilWritable()
    {
        // struct pollfd: int fd, short events, short revents; POLLOUT is 4 on Linux and macOS.
        Span<int> wanted = [descriptor, BitConverter.IsLittleEndian ? 4 : 4 << 16];
        _ = poll(wanted, 1, -1);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> data, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(Span<int> poll, nuint count, int milliseconds);
}
