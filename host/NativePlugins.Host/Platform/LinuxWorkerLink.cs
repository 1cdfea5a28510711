using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>The worker's end of the channel. It stays open as long as the process.</summary>
internal sealed partial class LinuxWorkerLink(SafeFileHandle socket, SharedMemory? memory) : WorkerLink
{
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int SocketLevel = 1;   // SOL_SOCKET
    private const int Domain = 39;       // SO_DOMAIN
    private const int Local = 1;         // AF_UNIX

    // A receiver that waits goes on waiting when its descriptor is closed.
    public override bool IsOpen
    {
        get
        {
            int size = sizeof(int);
            return getsockopt(socket, SocketLevel, Domain, out int domain, ref size) == 0 && domain == Local;
        }
    }

    public override SharedMemory? Memory => memory;

    public override int Receive(Span<byte> buffer) => ReceiveFrom(socket, buffer, 0) ?? 0;

    public override bool Send(ReadOnlySpan<byte> bytes) => SendTo(socket, bytes);

    /// <summary>How many bytes were received, 0 at the end; null if there are none at the moment, with MSG_DONTWAIT.</summary>
    public static int? ReceiveFrom(SafeFileHandle socket, Span<byte> buffer, int flags)
    {
        while (true)
        {
            nint received = recv(socket, buffer, (nuint)buffer.Length, flags);
            if (received >= 0)
            {
                return (int)received;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case LinuxDescriptors.Interrupted:
                    continue;
                case LinuxDescriptors.TryAgain:
                    return null;
                default:
                    return 0;
            }
        }
    }

    public static bool SendTo(SafeFileHandle socket, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint sent = send(socket, bytes, (nuint)bytes.Length, NoSignal);
            if (sent >= 0)
            {
                bytes = bytes[(int)sent..];
            }
            else if (Marshal.GetLastPInvokeError() != LinuxDescriptors.Interrupted)
            {
                return false;
            }
        }

        return true;
    }

    [LibraryImport(SystemLibrary.Name)]
    private static partial int getsockopt(SafeFileHandle socket, int level, int option, out int value, ref int size);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint recv(SafeFileHandle socket, Span<byte> buffer, nuint size, int flags);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint send(SafeFileHandle socket, ReadOnlySpan<byte> buffer, nuint size, int flags);
}
