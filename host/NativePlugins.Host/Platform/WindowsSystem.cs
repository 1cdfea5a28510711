using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

internal sealed class WindowsSystem : HostSystem
{
    public override string LibraryPrefix => string.Empty;

    public override string LibraryExtension => ".dll";

    public override BinaryFormat LibraryFormat => BinaryFormat.Pe;

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status)
    {
        status = default;
        try
        {
            FileSystemInfo info = new FileInfo(path);
            if (followLinks)
            {
                info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            }

            if (info.Attributes == (FileAttributes)(-1))
            {
                return new FileError(FileErrorKind.NotFound, 2);
            }

            status = new FileStatus
            {
                Kind = KindOf(info.Attributes),
                Size = info.Attributes.HasFlag(FileAttributes.Directory) ? 0 : (ulong)new FileInfo(info.FullName).Length,
                ModifiedNanoseconds = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100,
            };
            return FileError.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return FromException(e);
        }
    }

    public override FileError GetRealPath(string path, out string realPath)
    {
        realPath = Path.GetFullPath(path);
        try
        {
            realPath = new FileInfo(realPath).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? realPath;
            return FileError.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FromException(e);
        }
    }

    public override FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status)
    {
        handle = null;
        FileError error = GetStatus(path, followLinks: true, out status);
        if (!error.IsNone || !status.IsRegular)
        {
            return error;
        }

        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            status = status with { Size = (ulong)RandomAccess.GetLength(handle) };
            return FileError.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            handle?.Dispose();
            handle = null;
            return FromException(e);
        }
    }

    // Access control lists are not read: on Windows every directory is taken as it is.
    public override bool IsWritableByOwnerOnly(in FileStatus status) => true;

    public override bool IsOwnedByThisUserOrAdministrator(in FileStatus status) => true;

    private static FileKind KindOf(FileAttributes attributes)
    {
        if (attributes.HasFlag(FileAttributes.Directory))
        {
            return FileKind.Directory;
        }

        return attributes.HasFlag(FileAttributes.Device) ? FileKind.CharacterDevice : FileKind.Regular;
    }

    private static FileError FromException(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => new FileError(FileErrorKind.NotFound, 2),
        PathTooLongException => new FileError(FileErrorKind.NameTooLong, 206),
        UnauthorizedAccessException => new FileError(FileErrorKind.AccessDenied, 5),
        _ => new FileError(FileErrorKind.Other, e.HResult & 0xFFFF),
    };
}
