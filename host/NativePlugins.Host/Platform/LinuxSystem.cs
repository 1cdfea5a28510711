using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

internal sealed partial class LinuxSystem : UnixSystem
{
    private const int CurrentDirectory = -100;    // AT_FDCWD
    private const int DoNotFollowLinks = 0x100;   // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000;         // AT_EMPTY_PATH
    private const uint BasicStatus = 0x7FF;       // STATX_BASIC_STATS

    public override string LibraryExtension => ".so";

    public override BinaryFormat LibraryFormat => BinaryFormat.Elf;

    protected override int OpenFlags => 0x80000 | 0x800 | 0x100; // O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status) =>
        Convert(statx(CurrentDirectory, path, followLinks ? 0 : DoNotFollowLinks, BasicStatus, out Statx buffer), buffer, out status);

    public override string? FindNoExecMount(string path) => LinuxMounts.FindNoExec(path);

    protected override FileError GetStatus(SafeFileHandle handle, out FileStatus status) =>
        Convert(statx(handle, string.Empty, EmptyPath, BasicStatus, out Statx buffer), buffer, out status);

    protected override FileErrorKind KindOf(int errorNumber) => errorNumber switch
    {
        2 or 20 => FileErrorKind.NotFound,        // ENOENT, ENOTDIR
        1 or 13 => FileErrorKind.AccessDenied,    // EPERM, EACCES
        40 => FileErrorKind.LinkLoop,             // ELOOP
        36 => FileErrorKind.NameTooLong,          // ENAMETOOLONG
        _ => FileErrorKind.Other,
    };

    private FileError Convert(int result, in Statx buffer, out FileStatus status)
    {
        if (result != 0)
        {
            status = default;
            return LastError();
        }

        status = new FileStatus
        {
            Kind = FileStatus.KindFromMode(buffer.Mode),
            Mode = buffer.Mode & 0xFFF,
            OwnerId = buffer.OwnerId,
            Size = buffer.Size,
            Device = ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor,
            Inode = buffer.Inode,
            ModifiedNanoseconds = unchecked((buffer.ModifiedSeconds * 1_000_000_000) + buffer.ModifiedNanoseconds),
        };
        return FileError.None;
    }

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
