using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

/// <summary>Everything in which resolution and the checks before loading depend on the operating system.</summary>
internal abstract class HostSystem
{
    public static HostSystem Current { get; } = Choose();

    /// <summary>What a library's file name begins with: <c>lib</c>, or nothing.</summary>
    public abstract string LibraryPrefix { get; }

    /// <summary>What a library's file name ends with, with its dot.</summary>
    public abstract string LibraryExtension { get; }

    /// <summary>The format of the libraries that the system's loader takes.</summary>
    public abstract BinaryFormat LibraryFormat { get; }

    public abstract FileError GetStatus(string path, bool followLinks, out FileStatus status);

    /// <summary>The absolute path without any symbolic link in it.</summary>
    public abstract FileError GetRealPath(string path, out string realPath);

    /// <summary>Opens for reading, never waiting for a writer or a device, and says what was opened.</summary>
    public abstract FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status);

    /// <summary>Whether only its owner and the administrator may change it, and the owner is this user or the administrator.</summary>
    public abstract bool IsWritableByOwnerOnly(in FileStatus status);

    public abstract bool IsOwnedByThisUserOrAdministrator(in FileStatus status);

    /// <summary>The mount point if the file's file system does not allow code to be mapped, else null.</summary>
    public virtual string? FindNoExecMount(string path) => null;

    private static HostSystem Choose()
    {
        if (OperatingSystem.IsWindows())
        {
            return new WindowsSystem();
        }

        return OperatingSystem.IsMacOS() ? new MacSystem() : new LinuxSystem();
    }
}
