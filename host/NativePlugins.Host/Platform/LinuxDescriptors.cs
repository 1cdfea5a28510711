using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>Descriptors that no child inherits unless it is told to, and that are none of the standard ones.</summary>
internal static partial class LinuxDescriptors
{
    public const int Interrupted = 4;  // EINTR
    public const int TryAgain = 11;    // EAGAIN
    public const short Readable = 1;   // POLLIN
    public const short HungUp = 0x10;  // POLLHUP
    public const short Failing = 0x08; // POLLERR

    private const int Local = 1;                // AF_UNIX
    private const int Stream = 1 | CloseOnExec; // SOCK_STREAM | SOCK_CLOEXEC
    private const int CloseOnExec = 0x80000;    // O_CLOEXEC, of the same value
    private const int Duplicate = 1030;         // F_DUPFD_CLOEXEC
    private const int First = 10;               // the worker gets 0 to 5

    public static (SafeFileHandle, SafeFileHandle) CreateSocketPair()
    {
        Span<int> pair = stackalloc int[2];
        return socketpair(Local, Stream, 0, pair) == 0 ? (Move(pair[0]), Move(pair[1])) : throw Failed("socketpair");
    }

    public static (SafeFileHandle Read, SafeFileHandle Write) CreatePipe()
    {
        Span<int> pair = stackalloc int[2];
        return pipe2(pair, CloseOnExec) == 0 ? (Move(pair[0]), Move(pair[1])) : throw Failed("pipe2");
    }

    public static IOException Failed(string function) => new(
        $"{function} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} (errno {Marshal.GetLastPInvokeError()})");

    public static int Poll(Span<PollDescriptor> descriptors, int milliseconds) => poll(descriptors, (nuint)descriptors.Length, milliseconds);

    /// <summary>Takes a descriptor, and gives it another number.</summary>
    public static SafeFileHandle Move(int descriptor)
    {
        using var low = new SafeFileHandle(descriptor, ownsHandle: true);
        int high = fcntl(descriptor, Duplicate, First);
        return high >= 0 ? new SafeFileHandle(high, ownsHandle: true) : throw Failed("fcntl");
    }

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int socketpair(int domain, int type, int protocol, Span<int> pair);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int pipe2(Span<int> pair, int flags);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int poll(Span<PollDescriptor> descriptors, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor(int descriptor)
    {
        public int Descriptor = descriptor;
        public short Events = Readable;
        public short Happened;
    }
}
