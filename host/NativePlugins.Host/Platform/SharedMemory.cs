using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Text;

namespace NativePlugins.Host.Platform;

/// <summary>Memory that the application and a worker share, in which one can wait for the other. Nobody else can open it.</summary>
internal sealed partial class SharedMemory : SafeHandle
{
    private const uint CloseOnExec = 1, AllowSealing = 2;      // MFD_CLOEXEC, MFD_ALLOW_SEALING
    private const int AddSeals = 1033, GetSeals = 1034, NoResizing = 1 | 2 | 4; // F_ADD_SEALS, F_GET_SEALS; F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW
    private const int Duplicate = 1030, FirstDescriptor = 10;  // F_DUPFD_CLOEXEC
    private const int ReadWrite = 3, Shared = 1;               // PROT_READ | PROT_WRITE; MAP_SHARED
    private const int Futex = 202, FutexArm64 = 98, FutexWait = 0, FutexWake = 1;

    private readonly nuint _size;

    private SharedMemory(nint address, long size)
        : base(0, ownsHandle: true)
    {
        SetHandle(address);
        _size = (nuint)size;
    }

    /// <summary>Where it is in this process.</summary>
    public nint Address => handle;

    public override bool IsInvalid => handle == 0;

    private static nint FutexCall => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? FutexArm64 : Futex;

    /// <summary>Makes memory of zeros, and the descriptor by which another process gets it; null where the system has none.</summary>
    /// <param name="name">Of its file, for who lists the descriptors.</param>
    /// <param name="size">In bytes. What is not used takes no memory.</param>
    /// <param name="descriptor">To be disposed of when no other process is to get it any more.</param>
    public static SharedMemory? Create(string name, long size, out SafeFileHandle? descriptor)
    {
        descriptor = null;
        int low = memfd_create(name, CloseOnExec | AllowSealing);
        if (low < 0)
        {
            return null;
        }

        using var file = new SafeFileHandle(low, ownsHandle: true);

        // The worker cannot make it smaller, which would be a signal for who reads it.
        if (ftruncate(low, size) != 0 || fcntl(low, AddSeals, NoResizing) != 0 || Map(low, size) is not { } memory)
        {
            return null;
        }

        int high = fcntl(low, Duplicate, FirstDescriptor);
        if (high < 0)
        {
            memory.Dispose();
            return null;
        }

        descriptor = new SafeFileHandle(high, ownsHandle: true);
        return memory;
    }

    /// <summary>Takes the memory with which this process was started; null if it was started with none.</summary>
    /// <param name="descriptor">Where it is. It is closed.</param>
    /// <param name="size">In bytes.</param>
    /// <exception cref="IOException">It is there, and cannot be used: the application would use it alone.</exception>
    public static SharedMemory? Inherited(int descriptor, long size)
    {
        // Anything else under that number is this process's own. The system may have added seals, as one against execution.
        int seals = fcntl(descriptor, GetSeals, 0);
        if (seals < 0 || (seals & NoResizing) != NoResizing)
        {
            return null;
        }

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        return RandomAccess.GetLength(file) != size ? throw new IOException(InvariantText.Of($"The memory that is shared with the application has {RandomAccess.GetLength(file)} bytes; {size} were expected."))
            : Map(descriptor, size) ?? throw new IOException(InvariantText.Of($"The memory that is shared with the application, {size} bytes, cannot be mapped: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}"));
    }

    /// <summary>Sleeps while a word has a value, until it is woken. May return earlier.</summary>
    /// <param name="offset">Of the word, a multiple of 4.</param>
    /// <param name="value">The value.</param>
    /// <param name="milliseconds">The longest time, or <see cref="Timeout.Infinite"/>.</param>
    public void WaitWhile(long offset, uint value, int milliseconds)
    {
        if (milliseconds == Timeout.Infinite)
        {
            _ = syscall(FutexCall, handle + (nint)offset, FutexWait, (nint)value, 0, 0, 0);
            return;
        }

        var limit = new TimeSpec(milliseconds / 1000, milliseconds % 1000 * 1_000_000);
        _ = syscall(FutexCall, handle + (nint)offset, FutexWait, (nint)value, in limit, 0, 0);
    }

    /// <summary>Wakes who sleeps at a word.</summary>
    public void Wake(long offset) => _ = syscall(FutexCall, handle + (nint)offset, FutexWake, 1, 0, 0, 0);

    protected override bool ReleaseHandle() => munmap(handle, _size) == 0;

    private static SharedMemory? Map(int descriptor, long size)
    {
        nint address = mmap(0, (nuint)size, ReadWrite, Shared, descriptor, 0);
        return address == -1 ? null : new SharedMemory(address, size);
    }

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int memfd_create(string name, uint flags);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int ftruncate(int descriptor, long size);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int fcntl(int descriptor, int command, int argument);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint mmap(nint address, nuint size, int protection, int flags, int descriptor, long offset);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int munmap(nint address, nuint size);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint syscall(nint number, nint address, nint operation, nint value, nint timeout, nint second, nint third);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint syscall(nint number, nint address, nint operation, nint value, in TimeSpec timeout, nint second, nint third);

    // struct timespec of the system's call, where pointers have 64 bits.
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
