using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

/// <summary>The few calls of the system that .NET wraps in more than is wanted here.</summary>
internal static partial class SystemCalls
{
    private const int CurrentProcess = -1;

    /// <summary>Writes to a Unix descriptor once; returns the number of bytes, or -1 with the error in errno.</summary>
    public static nint Write(int descriptor, ReadOnlySpan<byte> data) => UnixWrite(descriptor, data, (nuint)data.Length);

    /// <summary>Waits until a Unix descriptor that does not block takes more.</summary>
    public static void WaitUntilWritable(int descriptor)
    {
        // struct pollfd: int fd, short events, short revents; POLLOUT is 4 on Linux and macOS.
        Span<int> poll = [descriptor, BitConverter.IsLittleEndian ? 4 : 4 << 16];
        _ = UnixPoll(poll, 1, -1);
    }

    /// <summary>Ends the process without running anything more of it: another thread may be stuck in a plugin.</summary>
    public static void EndProcess(int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = TerminateProcess(CurrentProcess, (uint)exitCode);
        }
        else
        {
            UnixExit(exitCode);
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint UnixWrite(int descriptor, ReadOnlySpan<byte> data, nuint size);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int UnixPoll(Span<int> poll, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void UnixExit(int status);

    [LibraryImport("kernel32")]
    private static partial int TerminateProcess(nint process, uint exitCode);
}
