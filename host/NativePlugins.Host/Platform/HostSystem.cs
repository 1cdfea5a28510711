using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// The process and its loader: everything in which this library depends on the operating system besides its files, which
/// <see cref="FileSystem"/> has. Chosen once; nothing else asks which one it is.
/// </summary>
internal abstract class HostSystem
{
    public static HostSystem Current { get; } = Choose();

    /// <summary>The number of the user whose rights the process has; empty where users have none.</summary>
    public virtual string EffectiveUser => string.Empty;

    /// <summary>Where programs keep their data, below a user's own directory.</summary>
    public virtual string DataBelowHome => ".local/share";

    /// <summary>The directory of the user whose rights the process has, from the system's list of users; null where that has none.</summary>
    public virtual string? FindHomeDirectory() => null;

    /// <summary>Makes a directory, and what is missing on the way to it, for this user alone.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public abstract void CreatePrivateDirectory(string path);

    /// <summary>
    /// Maps a library and everything it needs, for this caller alone: no name is looked for in the current directory, and
    /// nothing but this file is opened for it.
    /// </summary>
    /// <param name="path">An absolute, real path.</param>
    /// <param name="handle">The loader's handle, as <see cref="System.Runtime.InteropServices.NativeLibrary"/> takes it.</param>
    /// <param name="refusal">Why it was refused, if it was.</param>
    public abstract bool TryOpenLibrary(string path, out nint handle, out LoaderRefusal refusal);

    /// <summary>
    /// Gives one reference to a library back. Never for one that hosts a managed runtime. Returns whether the library is
    /// gone: unique symbols (C++) and thread-local destructors (Rust) can keep it.
    /// </summary>
    public abstract bool CloseLibrary(nint handle, string path);

    /// <summary>The signals that end programs; none on Windows.</summary>
    public virtual IReadOnlyList<(int Number, string Name)> EndingSignals => [];

    /// <summary>The signals that a faulting instruction causes, and abort; none on Windows.</summary>
    public virtual IReadOnlyList<(int Number, string Name)> FaultSignals => [];

    /// <summary>The address of what handles a signal of this number; always 0 where there are no signals.</summary>
    public virtual nint GetSignalHandler(int number) => 0;

    /// <summary>Whether CoreCLR handles SIGSEGV on an alternate stack here.</summary>
    public virtual bool HasAlternateSignalStack => false;

    /// <summary>The alternate stack that CoreCLR gives to its threads. Only where <see cref="HasAlternateSignalStack"/>.</summary>
    public virtual SignalStack ReadSignalStack() => throw new NotSupportedException();

    /// <summary>How many thread keys a process has; null where the system does not say, or has no such limit.</summary>
    public virtual int? MaxThreadKeys => null;

    /// <summary>Whether a library is mapped that answers to this name, a SONAME (on Windows a file name) or a path.</summary>
    public abstract bool IsLibraryLoaded(string name);

    /// <summary>The file of the mapped library that answers to a name; null where the system does not say.</summary>
    public virtual string? FindLoadedLibrary(string name) => null;

    /// <summary>Lets nobody but the owner read a copy, and nobody write to it; it may be run if its original may.</summary>
    /// <exception cref="IOException">It cannot be changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be changed.</exception>
    public virtual void ProtectCopy(string path, in FileStatus original)
    {
        // A file that is read-only cannot be deleted on Windows.
    }

    /// <summary>What is mapped of each file, by path; null where the system does not say.</summary>
    public virtual IReadOnlyDictionary<string, MappedUsage>? ReadMappedFiles() => null;

    /// <summary>How many threads this process has; null where the system does not say.</summary>
    public virtual int? CountThreads() => null;

    /// <summary>How much address space the process may have; null where it is not limited.</summary>
    public virtual AddressSpaceLimit? ReadAddressSpace() => null;

    /// <summary>Whether so many bytes of address space can be had in one piece. They are tried, and given back.</summary>
    public virtual bool CanReserve(ulong bytes) => true;

    /// <summary>The function that ends the process at once with a status, found and ready to be called.</summary>
    public abstract Action<int> FindProcessEnd();

    private static HostSystem Choose()
    {
        if (OperatingSystem.IsWindows())
        {
            return new WindowsSystem(SharingRetry.Default);
        }

        return OperatingSystem.IsMacOS() ? new MacSystem() : new LinuxSystem();
    }
}
