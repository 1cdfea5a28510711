using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>The filter of system calls, seccomp(2).</summary>
internal static partial class LinuxSeccomp
{
    private const int SetFilter = 1, IsActionThere = 2; // SECCOMP_SET_MODE_FILTER, SECCOMP_GET_ACTION_AVAIL
    private const int AllThreads = 1;                   // SECCOMP_FILTER_FLAG_TSYNC
    private const int Seccomp = 317, SeccompArm64 = 277;
    private const uint ReturnError = 0x00050000;        // SECCOMP_RET_ERRNO

    private static readonly LinuxCallNumbers? s_numbers = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => LinuxCallNumbers.X64,
        Architecture.Arm64 => LinuxCallNumbers.Arm64,
        _ => null,
    };

    /// <summary>Whether the kernel has filters, and this library one for its processor.</summary>
    public static bool IsThere { get; } = s_numbers is not null && syscall(Number, IsActionThere, 0, [ReturnError]) == 0;

    private static int Number => s_numbers == LinuxCallNumbers.Arm64 ? SeccompArm64 : Seccomp;

    /// <summary>Called in the worker, which no_new_privs holds already: puts all its threads under the filter, for good.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Install(WorkerFilter rules)
    {
        ulong[] program = [.. SandboxFilter.Assemble(s_numbers ?? throw new IOException("There is no filter for this processor."), rules).Select(line => line.Packed)];
        GCHandle pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            // struct sock_fprog: how many instructions, and where.
            if (syscall(Number, SetFilter, AllThreads, [(ulong)program.Length, (ulong)pinned.AddrOfPinnedObject()]) != 0)
            {
                throw LinuxDescriptors.Failed("seccomp");
            }
        }
        finally
        {
            pinned.Free();
        }
    }

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial nint syscall(nint number, nint operation, nint flags, ReadOnlySpan<ulong> argument);
}
