using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

[UnsupportedOSPlatform("windows")]
internal sealed partial class LinuxSystem : UnixSystem
{
    private const int CurrentDirectory = -100;    // AT_FDCWD
    private const int DoNotFollowLinks = 0x100;   // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000;         // AT_EMPTY_PATH
    private const nuint SecureExecution = 23;     // AT_SECURE
    private const uint BasicStatus = 0x7FF;       // STATX_BASIC_STATS
    private const int StackDisabled = 2;          // SS_DISABLE
    private const nuint MinSignalStackSize = 51;  // AT_MINSIGSTKSZ

    // What an x64 processor with AVX-512 needs, for a kernel that does not say.
    private const int UnknownFrameSize = 3632;

    private static readonly Lazy<string?> s_cLibrary = new(static () =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "gnu_get_libc_version", out _) ? "glibc"
        : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "musl"
        : null);

    public override string LibraryExtension => ".so";

    public override BinaryFormat LibraryFormat => BinaryFormat.Elf;

    protected override int LocalSymbols => 0;

    protected override int OnlyIfMapped => 4;

    // glibc; musl has the same number.
    protected override int ThreadKeysMax => 74;

    protected override int BusErrorSignal => 7;

    protected override int LinkLoopError => 40;

    protected override int QuotaError => 122;

    protected override int NameTooLongError => 36;

    protected override int HomeOffset => (3 * nint.Size) + (2 * sizeof(uint));

    protected override int OpenFlags => 0x80000 | 0x800 | 0x100; // O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status) =>
        Convert(statx(CurrentDirectory, path, followLinks ? 0 : DoNotFollowLinks, BasicStatus, out Statx buffer), buffer, out status);

    public override bool HasAlternateSignalStack => true;

    /// <remarks>
    /// On a thread of its own: CoreCLR gives the same to each thread, and the one that asks may have been made by other code.
    /// The kernel tells how much it saves since 5.14, on x64 and arm64: getauxval(3), AT_MINSIGSTKSZ.
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

    public override string? CLibrary => s_cLibrary.Value;

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
        // glibc, malloc/arena.c: twice the size of a heap, of which it gives the half back that is not aligned.
        ulong arena = CLibrary != "glibc" ? 0 : nint.Size == 8 ? 128UL << 20 : 2UL << 20;
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

    public override string? FindNoExecMount(string path) => LinuxMounts.FindNoExec(path);

    public override string? FindMountPoint(string path) => LinuxMounts.FindMountPoint(path);

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

    protected override bool AskSecureExecution() => getauxval(SecureExecution) != 0;

    protected override FileError GetStatus(SafeFileHandle handle, out FileStatus status) =>
        Convert(statx(handle, string.Empty, EmptyPath, BasicStatus, out Statx buffer), buffer, out status);

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

    private FileError Convert(int result, in Statx buffer, out FileStatus status) => ToStatus(
        result, buffer.Mode, buffer.OwnerId, buffer.Size, ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor, buffer.Inode,
        (buffer.ModifiedSeconds, buffer.ModifiedNanoseconds), (buffer.ChangedSeconds, buffer.ChangedNanoseconds), out status);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nuint getauxval(nuint type);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Statx buffer);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(SafeFileHandle file, string path, int flags, uint mask, out Statx buffer);

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

    /// <summary><c>struct statx</c>, which is the same on every architecture: statx(2).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)]
        public uint OwnerId;
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(32)]
        public ulong Inode;
        [FieldOffset(40)]
        public ulong Size;
        [FieldOffset(96)]
        public long ChangedSeconds;
        [FieldOffset(104)]
        public uint ChangedNanoseconds;
        [FieldOffset(112)]
        public long ModifiedSeconds;
        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
        [FieldOffset(136)]
        public uint DeviceMajor;
        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
