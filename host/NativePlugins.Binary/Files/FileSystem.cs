using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

/// <summary>
/// The files of the system that this process runs on, and what its loader takes: everything in which this library depends on the
/// operating system. Chosen once; nothing else asks which one it is.
/// </summary>
internal abstract class FileSystem
{
    public static FileSystem Current { get; } = Choose();

    /// <summary>What a library's file name begins with: <c>lib</c>, or nothing.</summary>
    public abstract string LibraryPrefix { get; }

    /// <summary>What a library's file name ends with, with its dot.</summary>
    public abstract string LibraryExtension { get; }

    /// <summary>The format of the libraries that the system's loader takes.</summary>
    public abstract BinaryFormat LibraryFormat { get; }

    /// <summary>Whether two spellings of a path are the same: the letter case counts on Unix, and does not on Windows.</summary>
    public virtual StringComparer Paths => StringComparer.Ordinal;

    /// <summary>
    /// Whether the process has rights that its user does not have, so that what this user may choose is not to be believed: it is
    /// set-user-id or set-group-id, or has file capabilities. Windows has no such programs.
    /// </summary>
    public virtual bool IsSecureExecution => false;

    /// <summary>Whether a file's name is any bytes, which need not be text.</summary>
    public virtual bool HasNamesOfBytes => false;

    /// <summary>The C library that the process runs on, <c>glibc</c> or <c>musl</c>; null where that is not known or says nothing.</summary>
    public virtual string? CLibrary => null;

    public abstract FileError GetStatus(string path, bool followLinks, out FileStatus status);

    /// <summary>The absolute path without any symbolic link in it.</summary>
    public abstract FileError GetRealPath(string path, out string realPath);

    /// <summary>Opens for reading, never waiting for a writer or a device, and says what was opened.</summary>
    public abstract FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status);

    /// <summary>Reads a part of an opened file, or what there is of it; 0 bytes at its end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public virtual int Read(SafeFileHandle handle, ulong offset, Span<byte> destination) => RandomAccess.Read(handle, destination, (long)offset);

    /// <summary>Who may change a file or directory of which the status is known.</summary>
    public abstract FileProtection GetProtection(string path, in FileStatus status);

    /// <summary>The mount point if the file's file system does not allow code to be mapped, else null.</summary>
    public virtual string? FindNoExecMount(string path) => null;

    /// <summary>The point where the path's file system is mounted, as far as the system says; else null.</summary>
    public virtual string? FindMountPoint(string path) => null;

    /// <summary>What an exception of the framework's file functions says, in the system's own number.</summary>
    public virtual FileError ErrorOf(Exception e) => new(FileErrorKind.Other, e.HResult);

    private static FileSystem Choose()
    {
        if (OperatingSystem.IsWindows())
        {
            return new WindowsFileSystem(SharingRetry.Default);
        }

        return OperatingSystem.IsMacOS() ? new MacFileSystem() : new LinuxFileSystem();
    }
}
