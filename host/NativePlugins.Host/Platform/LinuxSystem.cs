using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;
using NativePlugins.Host.Loading;

namespace NativePlugins.Host.Platform;

[UnsupportedOSPlatform("windows")]
internal sealed partial class LinuxSystem : UnixSystem
{
    private const int StackDisabled = 2;          // SS_DISABLE
    private const nuint MinSignalStackSize = 51;  // AT_MINSIGSTKSZ

    // The need of an x64 processor with AVX-512, for a kernel that does not tell it.
    private const int UnknownFrameSize = 3632;

    protected override int LocalSymbols => 0;

    protected override int OnlyIfMapped => 4;

    // The number of glibc; musl has the same.
    protected override int ThreadKeysMax => 74;

    protected override int BusErrorSignal => 7;

    protected override int HomeOffset => (3 * nint.Size) + (2 * sizeof(uint));

    public override bool HasAlternateSignalStack => true;

    public override WorkerSystem Workers { get; } = new LinuxWorkerSystem();

    /// <remarks>
    /// Read on a thread of its own: CoreCLR gives each thread the same stack, but other code may have made the calling thread. The kernel
    /// tells how much it saves since 5.14, on x64 and arm64: getauxval(3), AT_MINSIGSTKSZ.
    /// </remarks>
    public override SignalStack ReadSignalStack()
    {
        SignalStack stack = default;
        var thread = new Thread(() =>
        {
            bool isKnown = sigaltstack(0, out StackDescription now) == 0 && (now.Flags & StackDisabled) == 0;
            int frame = (int)getauxval(MinSignalStackSize);
            stack = new(isKnown ? (int)now.Size : 0, frame != 0 ? frame : UnknownFrameSize);
        });
        thread.UnsafeStart();
        thread.Join();
        return stack;
    }

    public override AddressSpaceLimit? ReadAddressSpace()
    {
        const int AddressSpace = 9; // RLIMIT_AS
        const int Stack = 3;        // RLIMIT_STACK
        const ulong StackOfUnlimited = 2 << 20; // glibc, ARCH_STACK_DEFAULT_SIZE
        if (getrlimit(AddressSpace, out ResourceLimit limit) != 0 || limit.Soft == nuint.MaxValue)
        {
            return null;
        }

        ulong stack = getrlimit(Stack, out ResourceLimit stacks) == 0 && stacks.Soft != nuint.MaxValue ? stacks.Soft : StackOfUnlimited;
        // glibc, malloc/arena.c: it takes twice the size of a heap, and gives back the half that is not aligned.
        ulong arena = FileSystem.Current.CLibrary != "glibc" ? 0 : nint.Size == 8 ? 128UL << 20 : 2UL << 20;
        return new AddressSpaceLimit(limit.Soft, ReadUsed(), stack + arena);
    }

    public override bool CanReserve(ulong bytes)
    {
        const int NoAccess = 0;                // PROT_NONE
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

    public override IReadOnlyDictionary<string, MappedUsage>? ReadMappedFiles()
    {
        try
        {
            return MappedFiles.Read(File.ReadLines("/proc/self/smaps"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override int? CountThreads()
    {
        try
        {
            return Directory.GetDirectories("/proc/self/task").Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>proc(5), statm: the first number is the size of the process in pages.</summary>
    private static ulong ReadUsed()
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

    [LibraryImport(SystemLibrary.Name)]
    private static partial nuint getauxval(nuint type);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int sigaltstack(nint stack, out StackDescription old);

    /// <summary><c>stack_t</c>: sigaltstack(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct StackDescription
    {
        public nint Start;
        public int Flags;
        public nint Size;
    }

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
