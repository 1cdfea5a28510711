using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

/// <summary>
/// The files of the system that this process runs on, and the libraries that its loader takes: everything here that depends on the
/// operating system. Chosen once; no other code asks which system it is.
/// </summary>
internal abstract class FileSystem
{
    public static FileSystem Current { get; } = Choose();

    /// <summary>The start of a library's file name: <c>lib</c>, or nothing.</summary>
    public abstract string LibraryPrefix { get; }

    /// <summary>The end of a library's file name, with its dot.</summary>
    public abstract string LibraryExtension { get; }

    /// <summary>The format of the libraries that the system's loader takes.</summary>
    public abstract BinaryFormat LibraryFormat { get; }

    /// <summary>Compares spellings of a path: letter case counts on Unix, but not on Windows.</summary>
    public virtual StringComparer PathComparer => StringComparer.Ordinal;

    /// <summary>
    /// Whether the process has rights that its user does not have, because the program is set-user-id or set-group-id, or has file
    /// capabilities. Then settings that the user controls are not to be trusted. Windows has no such programs.
    /// </summary>
    public virtual bool IsSecureExecution => false;

    /// <summary>Whether a file's name may be any bytes, even bytes that are no text.</summary>
    public virtual bool HasNamesOfBytes => false;

    /// <summary>The C library of this process, <c>glibc</c> or <c>musl</c>; null if it is not known or makes no difference.</summary>
    public virtual string? CLibrary => null;

    public abstract FileError GetStatus(string path, bool followLinks, out FileStatus status);

    /// <summary>The absolute path without any symbolic link in it.</summary>
    public abstract FileError GetRealPath(string path, out string realPath);

    /// <summary>Opens a file for reading, and says what was opened. Never waits for a writer or a device.</summary>
    public abstract FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status);

    /// <summary>Reads a part of an opened file, or as much of it as there is; 0 bytes at the end of the file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public virtual int Read(SafeFileHandle handle, ulong offset, Span<byte> destination) => RandomAccess.Read(handle, destination, (long)offset);

    /// <summary>Who may change a file or directory. Its status was read before.</summary>
    public abstract FileProtection GetProtection(string path, in FileStatus status);

    /// <summary>The mount point, if the file's file system does not allow code to be mapped; else null.</summary>
    public virtual string? FindNoExecMount(string path) => null;

    /// <summary>The mount point of the path's file system; null if the system does not tell.</summary>
    public virtual string? FindMountPoint(string path) => null;

    /// <summary>The error behind an exception of .NET's file functions, with the system's own number.</summary>
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
