using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

/// <summary>What Linux and macOS share: POSIX calls whose arguments have the same layout on both.</summary>
[UnsupportedOSPlatform("windows")]
internal abstract partial class UnixFileSystem : FileSystem
{
    private const int WritableByOthers = 0x12; // 0022
    private const int MaxPath = 4096;

    public override string LibraryPrefix => "lib";

    private readonly Lazy<(uint Effective, uint Real)> _user = new(() => (geteuid(), getuid()));

    private readonly Lazy<bool> _isSecure;

    protected UnixFileSystem() => _isSecure = new Lazy<bool>(AskSecureExecution);

    public override bool IsSecureExecution => _isSecure.Value;

    public override bool HasNamesOfBytes => true;

    protected abstract int OpenFlags { get; }

    /// <summary>ELOOP.</summary>
    protected abstract int LinkLoopError { get; }

    /// <summary>EDQUOT.</summary>
    protected abstract int QuotaError { get; }

    /// <summary>ENAMETOOLONG.</summary>
    protected abstract int NameTooLongError { get; }

    public override FileError GetRealPath(string path, out string realPath)
    {
        Span<byte> buffer = stackalloc byte[MaxPath];
        if (realpath(path, buffer) == 0)
        {
            realPath = string.Empty;
            return LastError();
        }

        buffer = buffer[..buffer.IndexOf((byte)0)];
        realPath = Encoding.UTF8.GetString(buffer);
        return Utf8.IsValid(buffer) ? FileError.None : new FileError(FileErrorKind.NotUnicode, 0);
    }

    public override FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status)
    {
        handle = null;

        // Opening a device can already act on it, so a path is not even opened if it is known not to be a file.
        FileError error = GetStatus(path, followLinks: true, out status);
        if (!error.IsNone || !status.IsRegular)
        {
            return error;
        }

        SafeFileHandle opened = open(path, OpenFlags);
        if (opened.IsInvalid)
        {
            error = LastError();
            opened.Dispose();
            return error;
        }

        error = GetStatus(opened, out status);
        if (!error.IsNone)
        {
            opened.Dispose();
            return error;
        }

        handle = opened;
        return FileError.None;
    }

    public override FileProtection GetProtection(string path, in FileStatus status) => new(
        IsWritableByOthers: (status.Mode & WritableByOthers) != 0,
        Owner: status.OwnerId.ToString(CultureInfo.InvariantCulture),
        IsOwnerTrusted: IsTrusted(status.OwnerId, _user.Value.Effective, _user.Value.Real, IsSecureExecution),
        status.DescribeAccess());

    // Such an exception has errno as its HResult, unless it is one of .NET's own kinds.
    public override FileError ErrorOf(Exception e) => new(KindOf(e.HResult), e.HResult);

    /// <summary>Whose files are trusted: the administrator's, and this user's unless the process has more rights than the user.</summary>
    internal static bool IsTrusted(uint owner, uint effectiveUser, uint realUser, bool isSecure) =>
        owner == 0 || (owner == effectiveUser && (!isSecure || effectiveUser != realUser));

    /// <summary>Asks the system, which knows every way in which a process gets more rights.</summary>
    protected abstract bool AskSecureExecution();

    protected abstract FileError GetStatus(SafeFileHandle handle, out FileStatus status);

    /// <summary>The status that a call filled in, or the error if it failed.</summary>
    protected FileError ToStatus(
        int result, int mode, uint owner, ulong size, ulong device, ulong inode,
        (long Seconds, long Nanoseconds) modified, (long Seconds, long Nanoseconds) changed, out FileStatus status)
    {
        if (result != 0)
        {
            status = default;
            return LastError();
        }

        status = new FileStatus
        {
            Kind = FileStatus.KindFromMode(mode),
            Mode = mode & 0xFFF,
            OwnerId = owner,
            Size = size,
            Device = device,
            Inode = inode,
            ModifiedNanoseconds = ToNanoseconds(modified),
            ChangedNanoseconds = ToNanoseconds(changed),
        };
        return FileError.None;
    }

    private static long ToNanoseconds((long Seconds, long Nanoseconds) time) => unchecked((time.Seconds * 1_000_000_000) + time.Nanoseconds);

    private FileError LastError()
    {
        int number = Marshal.GetLastPInvokeError();
        return new FileError(KindOf(number), number);
    }

    private FileErrorKind KindOf(int number) => number switch
    {
        2 or 20 => FileErrorKind.NotFound,        // ENOENT, ENOTDIR
        1 or 13 => FileErrorKind.AccessDenied,    // EPERM, EACCES
        30 => FileErrorKind.ReadOnlyFileSystem,   // EROFS
        28 => FileErrorKind.NoSpace,              // ENOSPC
        _ when number == QuotaError => FileErrorKind.NoSpace,
        _ when number == LinkLoopError => FileErrorKind.LinkLoop,
        _ when number == NameTooLongError => FileErrorKind.NameTooLong,
        _ => FileErrorKind.Other,
    };

    [LibraryImport(SystemLibrary.Name)]
    private static partial uint geteuid();

    [LibraryImport(SystemLibrary.Name)]
    private static partial uint getuid();

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint realpath(string path, Span<byte> resolved);

    // open is variadic. Without O_CREAT it reads no third argument, so the call is the same as a plain one.
    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle open(string path, int flags);
}
