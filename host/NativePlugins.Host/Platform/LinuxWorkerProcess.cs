using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using static NativePlugins.Host.Platform.LinuxDescriptors;

namespace NativePlugins.Host.Platform;

/// <summary>A worker on Linux. All that is asked of the process goes through its pidfd, which never means another process.</summary>
internal sealed partial class LinuxWorkerProcess(int id, SafeFileHandle process, SafeFileHandle socket, SafeFileHandle errors, SharedMemory? memory) : WorkerProcess
{
    private const int NoMoreSending = 1;  // SHUT_WR
    private const int DoNotWait = 0x40;   // MSG_DONTWAIT
    private const int SendSignal = 424;   // pidfd_send_signal
    private const int KillSignal = 9;     // SIGKILL
    private const int ByPidfd = 3;        // P_PIDFD
    private const int Ended = 4 | 1;      // WEXITED | WNOHANG
    private const int WaitId = 247, WaitIdArm64 = 95;
    private const int ExitedCode = 1;     // CLD_EXITED

    private readonly Lock _lock = new();
    private WorkerExit? _exit;

    public override int Id => id;

    public override SharedMemory? Memory => memory;

    public override int Receive(Span<byte> buffer)
    {
        while (true)
        {
            bool hasEnded = WaitFor(socket);
            if (LinuxWorkerLink.ReceiveFrom(socket, buffer, DoNotWait) is int received)
            {
                return received;
            }

            if (hasEnded)
            {
                return 0;
            }
        }
    }

    public override bool Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return LinuxWorkerLink.SendTo(socket, bytes);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public override int ReceiveStandardError(Span<byte> buffer)
    {
        while (true)
        {
            bool hasEnded = WaitFor(errors);
            PollDescriptor[] now = [new(Raw(errors))];
            if (Poll(now, 0) > 0)
            {
                nint received = read(errors, buffer, (nuint)buffer.Length);
                if (received >= 0)
                {
                    return (int)received;
                }

                if (Marshal.GetLastPInvokeError() != Interrupted)
                {
                    return 0;
                }
            }
            else if (hasEnded)
            {
                // A child of the worker's may hold the pipe open. It is not waited for.
                return 0;
            }
        }
    }

    public override void ForwardStandardError(ReadOnlySpan<byte> bytes)
    {
        const int StandardError = 2;
        while (bytes.Length > 0)
        {
            nint written = write(StandardError, bytes, (nuint)bytes.Length);
            if (written > 0)
            {
                bytes = bytes[(int)written..];
            }
            else if (written == 0 || Marshal.GetLastPInvokeError() != Interrupted)
            {
                return;
            }
        }
    }

    public override void EndSending()
    {
        try
        {
            _ = shutdown(socket, NoMoreSending);
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and has been waited for.
        }
    }

    public override void SetLimits(WorkerLimits limits) => LinuxLimits.Set(id, limits);

    public override void Kill()
    {
        try
        {
            _ = syscall(SendSignal, process, KillSignal, 0, 0);
        }
        catch (ObjectDisposedException)
        {
            // It has ended, and has been waited for.
        }
    }

    public override WorkerExit? WaitForEnd(TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            double left = limit == Timeout.InfiniteTimeSpan ? -1 : Math.Max(0, Math.Ceiling((limit - Stopwatch.GetElapsedTime(start)).TotalMilliseconds));
            PollDescriptor[] descriptors = [new(Raw(process))];
            if (Poll(descriptors, (int)Math.Min(left, int.MaxValue)) > 0)
            {
                return Reap();
            }

            if (left == 0)
            {
                return null;
            }
        }
    }

    public override void Dispose()
    {
        process.Dispose();
        socket.Dispose();
        errors.Dispose();
        memory?.Dispose();
    }

    /// <summary>Waits until there is something to receive, or the process has ended. Returns whether it has ended.</summary>
    private bool WaitFor(SafeFileHandle descriptor)
    {
        PollDescriptor[] descriptors = [new(Raw(descriptor)), new(Raw(process))];
        while (Poll(descriptors, -1) < 0)
        {
            // EINTR.
        }

        return descriptors[1].Happened != 0;
    }

    private WorkerExit Reap()
    {
        const int CodeOffset = 2 * sizeof(int);   // siginfo_t: si_code
        const int StatusOffset = 6 * sizeof(int); // si_status, of a child, on 64-bit systems
        const int UsageSize = 18 * sizeof(long);  // struct rusage, which begins with seconds and microseconds of the user's and the system's time
        lock (_lock)
        {
            if (_exit is { } known)
            {
                return known;
            }

            Span<byte> info = stackalloc byte[128];
            info.Clear();
            Span<long> usage = stackalloc long[UsageSize / sizeof(long)];

            // The function of the C library does not give the usage, which the system call does.
            if (syscall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? WaitIdArm64 : WaitId, ByPidfd, Raw(process), info, Ended, usage) != 0)
            {
                _exit = new WorkerExit(null, null);
            }
            else
            {
                int status = MemoryMarshal.Read<int>(info[StatusOffset..]);
                TimeSpan time = TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
                _exit = MemoryMarshal.Read<int>(info[CodeOffset..]) == ExitedCode ? new WorkerExit(status, null, time) : new WorkerExit(null, status, time);
            }

            return _exit.Value;
        }
    }

    // Only between the beginning and Dispose, which nobody calls while another member is in use.
    private static int Raw(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, SafeFileHandle descriptor, nint signal, nint info, nint flags);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, nint kind, nint descriptor, Span<byte> info, nint options, Span<long> usage);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint write(int descriptor, ReadOnlySpan<byte> bytes, nuint size);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int shutdown(SafeFileHandle socket, int how);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint read(SafeFileHandle descriptor, Span<byte> buffer, nuint size);
}
