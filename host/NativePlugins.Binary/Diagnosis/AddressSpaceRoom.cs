using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Diagnosis;

/// <summary>How much address space this process may have, in bytes.</summary>
/// <param name="Limit">RLIMIT_AS.</param>
/// <param name="Used">How much it has taken.</param>
internal readonly partial record struct AddressSpaceRoom(ulong Limit, ulong Used)
{
    private const int AddressSpace = 9; // RLIMIT_AS
    private const int Stack = 3;        // RLIMIT_STACK

    /// <summary>Null if nothing limits it, or if the system is not Linux.</summary>
    public static AddressSpaceRoom? Measure() =>
        FileSystem.Current.LibraryFormat == BinaryFormat.Elf && ReadLimit(AddressSpace) is { } limit ? new(limit, ReadUsed()) : null;

    /// <summary>proc(5), statm: the first number is the size of the process in pages. 0 if /proc is not mounted.</summary>
    public static ulong ReadUsed()
    {
        try
        {
            string text = File.ReadAllText("/proc/self/statm");
            return ulong.TryParse(text.AsSpan(0, Math.Max(0, text.IndexOf(' ', StringComparison.Ordinal))), out ulong pages) ? pages * (ulong)Environment.SystemPageSize : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>How much a new thread takes, for its stack and for what it allocates.</summary>
    public static ulong OfThread()
    {
        const ulong StackOfUnlimited = 2 << 20; // glibc, ARCH_STACK_DEFAULT_SIZE

        // glibc, malloc/arena.c: it takes twice the size of a heap, and gives back the half that is not aligned.
        ulong arena = FileSystem.Current.CLibrary != "glibc" ? 0 : nint.Size == 8 ? 128UL << 20 : 2UL << 20;
        return (ReadLimit(Stack) ?? StackOfUnlimited) + arena;
    }

    /// <summary>Whether so many bytes can be reserved in one piece. Tries it, and gives them back.</summary>
    public static bool CanReserve(ulong bytes)
    {
        const int NoAccess = 0;                  // PROT_NONE
        const int PrivateAnonymous = 0x2 | 0x20; // MAP_PRIVATE | MAP_ANONYMOUS
        if (bytes > nuint.MaxValue)
        {
            return false;
        }

        nint address = mmap(0, (nuint)bytes, NoAccess, PrivateAnonymous, -1, 0);
        if (address == -1)
        {
            return false;
        }

        _ = munmap(address, (nuint)bytes);
        return true;
    }

    private static ulong? ReadLimit(int resource) =>
        getrlimit(resource, out ResourceLimit limit) == 0 && limit.Soft != nuint.MaxValue ? limit.Soft : null;

    [LibraryImport(SystemLibrary.Name)]
    private static partial int getrlimit(int resource, out ResourceLimit limit);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int munmap(nint address, nuint length);

    /// <summary><c>struct rlimit</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
