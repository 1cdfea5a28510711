using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

[UnsupportedOSPlatform("windows")]
internal sealed partial class LinuxFileSystem : UnixFileSystem
{
    private const int CurrentDirectory = -100;    // AT_FDCWD
    private const int DoNotFollowLinks = 0x100;   // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000;         // AT_EMPTY_PATH
    private const nuint SecureExecution = 23;     // AT_SECURE
    private const uint BasicStatus = 0x7FF;       // STATX_BASIC_STATS

    public override string LibraryExtension => ".so";

    private static readonly Lazy<string?> s_cLibrary = new(static () =>
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "gnu_get_libc_version", out _) ? "glibc"
        : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "musl"
        : null);

    public override BinaryFormat LibraryFormat => BinaryFormat.Elf;

    protected override int LinkLoopError => 40;

    protected override int QuotaError => 122;

    protected override int NameTooLongError => 36;

    protected override int OpenFlags => 0x80000 | 0x800 | 0x100; // O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status) =>
        Convert(statx(CurrentDirectory, path, followLinks ? 0 : DoNotFollowLinks, BasicStatus, out Statx buffer), buffer, out status);

    public override string? CLibrary => s_cLibrary.Value;

    public override string? FindNoExecMount(string path) => LinuxMounts.FindNoExec(path);

    public override string? FindMountPoint(string path) => LinuxMounts.FindMountPoint(path);

    protected override bool AskSecureExecution() => getauxval(SecureExecution) != 0;

    protected override FileError GetStatus(SafeFileHandle handle, out FileStatus status) =>
        Convert(statx(handle, string.Empty, EmptyPath, BasicStatus, out Statx buffer), buffer, out status);

    private FileError Convert(int result, in Statx buffer, out FileStatus status) => ToStatus(
        result, buffer.Mode, buffer.OwnerId, buffer.Size, ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor, buffer.Inode,
        (buffer.ModifiedSeconds, buffer.ModifiedNanoseconds), (buffer.ChangedSeconds, buffer.ChangedNanoseconds), out status);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nuint getauxval(nuint type);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(int directory, string path, int flags, uint mask, out Statx buffer);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int statx(SafeFileHandle file, string path, int flags, uint mask, out Statx buffer);

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
