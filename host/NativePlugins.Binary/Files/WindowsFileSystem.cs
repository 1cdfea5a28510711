using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

[SupportedOSPlatform("windows")]
internal sealed class WindowsFileSystem(SharingRetry sharing) : FileSystem
{
    private const uint DirectoryAttribute = 0x10;
    private const uint LinkAttribute = 0x400;     // FILE_ATTRIBUTE_REPARSE_POINT
    private const int MaxPath = 32_768;           // of any path, the terminator included
    private const int SharingViolation = 32;      // ERROR_SHARING_VIOLATION
    private const int LockViolation = 33;         // ERROR_LOCK_VIOLATION

    public override string LibraryPrefix => string.Empty;

    public override string LibraryExtension => ".dll";

    public override BinaryFormat LibraryFormat => BinaryFormat.Pe;

    public override StringComparer PathComparer => StringComparer.OrdinalIgnoreCase;

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status)
    {
        using SafeFileHandle file = OpenAsIs(path, followLinks);
        if (file.IsInvalid)
        {
            status = default;
            return LastError();
        }

        return GetStatus(file, mayBeLink: !followLinks, out status);
    }

    /// <summary>Has the letter case of the directory entries, so that one file has one real path.</summary>
    public override FileError GetRealPath(string path, out string realPath)
    {
        realPath = string.Empty;
        using SafeFileHandle file = OpenAsIs(path, followLinks: true);
        if (file.IsInvalid)
        {
            return LastError();
        }

        char[] buffer = new char[MaxPath];
        uint length = WindowsFileApi.GetFinalPathNameByHandleW(file, buffer, (uint)buffer.Length, flags: 0);
        realPath = WindowsPath.FromCall(length > 0 && length < buffer.Length ? new string(buffer, 0, (int)length) : WithoutLink(path));
        return FileError.None;
    }

    public override FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status)
    {
        handle = null;

        // Opening a device can already act on it, so a path is not opened for reading if it is known not to be a file.
        FileError error = GetStatus(path, followLinks: true, out status);
        if (!error.IsNone || !status.IsRegular)
        {
            return error;
        }

        (SafeFileHandle opened, error) = sharing.Run(() => TryOpenToRead(path), static tried => tried.Error.Kind == FileErrorKind.InUse);
        if (error.IsNone)
        {
            error = GetStatus(opened, mayBeLink: false, out status);
        }

        if (!error.IsNone)
        {
            opened.Dispose();
            return error;
        }

        handle = opened;
        return FileError.None;
    }

    public override FileProtection GetProtection(string path, in FileStatus status) => WindowsFileSecurity.GetProtection(path);

    // The lower half of such an exception's HRESULT is the system's number.
    public override FileError ErrorOf(Exception e) => new(KindOf(e.HResult & 0xFFFF), e.HResult & 0xFFFF);

    private static (SafeFileHandle File, FileError Error) TryOpenToRead(string path)
    {
        SafeFileHandle file = WindowsFileApi.Open(WindowsPath.ToCall(path), WindowsFileApi.GenericRead, WindowsFileApi.ShareReadAndDelete, flags: 0);
        return (file, file.IsInvalid ? LastError() : FileError.None);
    }

    // Some file system drivers do not know the final path (nor does Wine 8, for a path of over 260 characters).
    private static string WithoutLink(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(path);
        }
    }

    private static SafeFileHandle OpenAsIs(string path, bool followLinks) => WindowsFileApi.Open(
        WindowsPath.ToCall(path), WindowsFileApi.ReadAttributes, WindowsFileApi.ShareAll,
        WindowsFileApi.AllowDirectories | (followLinks ? 0 : WindowsFileApi.DoNotFollowLinks));

    private static FileError GetStatus(SafeFileHandle file, bool mayBeLink, out FileStatus status)
    {
        status = default;
        uint type = WindowsFileApi.GetFileType(file);
        if (type != WindowsFileApi.OnDisk)
        {
            status = new FileStatus { Kind = type == WindowsFileApi.OnPipe ? FileKind.Pipe : FileKind.CharacterDevice };
            return FileError.None;
        }

        if (!WindowsFileApi.GetFileInformationByHandle(file, out WindowsFileApi.FileInformation information))
        {
            return LastError();
        }

        status = new FileStatus
        {
            Kind = KindOf(information.Attributes, mayBeLink),
            Size = Join(information.SizeHigh, information.SizeLow),
            Device = information.Volume,
            Inode = Join(information.IndexHigh, information.IndexLow),
            ModifiedNanoseconds = ToNanoseconds((long)Join(information.ModifiedHigh, information.ModifiedLow)),
            ChangedNanoseconds = ReadChanged(file),
        };
        return FileError.None;
    }

    // Files in the cloud and deduplicated files have the attribute too. They are links only to a caller that asked for the link itself.
    private static FileKind KindOf(uint attributes, bool mayBeLink) =>
        mayBeLink && (attributes & LinkAttribute) != 0 ? FileKind.SymbolicLink
        : (attributes & DirectoryAttribute) != 0 ? FileKind.Directory
        : FileKind.Regular;

    private static ulong Join(uint high, uint low) => ((ulong)high << 32) | low;

    private static long ReadChanged(SafeFileHandle file) =>
        WindowsFileApi.GetFileInformationByHandleEx(file, WindowsFileApi.Basic, out WindowsFileApi.BasicInformation basic, WindowsFileApi.BasicSize) && basic.Changed != 0
            ? ToNanoseconds(basic.Changed)
            : 0;

    /// <param name="fileTime">In units of 100 ns since 1601-01-01 UTC.</param>
    private static long ToNanoseconds(long fileTime) =>
        unchecked((fileTime - (DateTime.UnixEpoch.Ticks - new DateTime(1601, 1, 1).Ticks)) * 100);

    private static FileError LastError()
    {
        int number = Marshal.GetLastPInvokeError();
        return new FileError(KindOf(number), number);
    }

    private static FileErrorKind KindOf(int number) => number switch
    {
        2 or 3 or 123 or 161 => FileErrorKind.NotFound,   // ERROR_FILE_NOT_FOUND, _PATH_NOT_FOUND, _INVALID_NAME, _BAD_PATHNAME
        5 or 65 => FileErrorKind.AccessDenied,            // ERROR_ACCESS_DENIED, _NETWORK_ACCESS_DENIED
        SharingViolation or LockViolation => FileErrorKind.InUse,
        19 => FileErrorKind.ReadOnlyFileSystem,           // ERROR_WRITE_PROTECT
        39 or 112 or 1295 => FileErrorKind.NoSpace,       // ERROR_HANDLE_DISK_FULL, _DISK_FULL, _DISK_QUOTA_EXCEEDED
        206 => FileErrorKind.NameTooLong,                 // ERROR_FILENAME_EXCED_RANGE
        1921 => FileErrorKind.LinkLoop,                   // ERROR_CANT_RESOLVE_FILENAME
        _ => FileErrorKind.Other,
    };
}
