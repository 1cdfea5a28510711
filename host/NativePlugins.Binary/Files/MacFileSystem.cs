using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

[UnsupportedOSPlatform("windows")]
internal sealed partial class MacFileSystem : UnixFileSystem
{
    // On x86-64 the plain names are those of the functions with 32-bit inode numbers.
    private static readonly bool s_hasPlainNames = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public override string LibraryExtension => ".dylib";

    public override BinaryFormat LibraryFormat => BinaryFormat.MachO;

    protected override int LinkLoopError => 62;

    protected override int QuotaError => 69;

    protected override int NameTooLongError => 63;

    protected override int OpenFlags => 0x1000000 | 0x4 | 0x20000; // O_CLOEXEC | O_NONBLOCK | O_NOCTTY

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status)
    {
        Stat buffer;
        int result = (s_hasPlainNames, followLinks) switch
        {
            (true, true) => stat(path, out buffer),
            (true, false) => lstat(path, out buffer),
            (false, true) => stat64(path, out buffer),
            (false, false) => lstat64(path, out buffer),
        };
        return Convert(result, buffer, out status);
    }

    protected override bool AskSecureExecution() => issetugid() != 0;

    protected override FileError GetStatus(SafeFileHandle handle, out FileStatus status)
    {
        int result = s_hasPlainNames ? fstat(handle, out Stat buffer) : fstat64(handle, out buffer);
        return Convert(result, buffer, out status);
    }

    private FileError Convert(int result, in Stat buffer, out FileStatus status) => ToStatus(
        result, buffer.Mode, buffer.OwnerId, (ulong)buffer.Size, buffer.Device, buffer.Inode,
        (buffer.ModifiedSeconds, buffer.ModifiedNanoseconds), (buffer.ChangedSeconds, buffer.ChangedNanoseconds), out status);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int issetugid();

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int stat(string path, out Stat buffer);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int lstat(string path, out Stat buffer);

    [LibraryImport(SystemLibrary.Name, SetLastError = true)]
    private static partial int fstat(SafeFileHandle file, out Stat buffer);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int stat64(string path, out Stat buffer);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int lstat64(string path, out Stat buffer);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int fstat64(SafeFileHandle file, out Stat buffer);

    /// <summary><c>struct stat</c> with 64-bit inode numbers: stat(2).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct Stat
    {
        [FieldOffset(0)]
        public uint Device;
        [FieldOffset(4)]
        public ushort Mode;
        [FieldOffset(8)]
        public ulong Inode;
        [FieldOffset(16)]
        public uint OwnerId;
        [FieldOffset(48)]
        public long ModifiedSeconds;
        [FieldOffset(56)]
        public long ModifiedNanoseconds;
        [FieldOffset(64)]
        public long ChangedSeconds;
        [FieldOffset(72)]
        public long ChangedNanoseconds;
        [FieldOffset(96)]
        public long Size;
    }
}
