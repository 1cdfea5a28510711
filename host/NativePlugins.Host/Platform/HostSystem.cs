using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>
/// The process and its loader: everything in which this library depends on the operating system, except the files, which are in
/// <see cref="FileSystem"/>. Chosen once; no other code asks which system it is.
/// </summary>
internal abstract class HostSystem
{
    public static HostSystem Current { get; } = Choose();

    /// <summary>The number of the user whose rights the process has; empty on systems without such numbers.</summary>
    public virtual string EffectiveUser => string.Empty;

    /// <summary>The place for programs' data, below a user's own directory.</summary>
    public virtual string DataBelowHome => ".local/share";

    /// <summary>The directory of the user whose rights the process has, from the system's list of users; null if the list does not have it.</summary>
    public virtual string? FindHomeDirectory() => null;

    /// <summary>The sockets that may be this process's runtime's, for diagnostic tools; none where there are no such sockets.</summary>
    /// <exception cref="IOException">The place of temporary files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public virtual IReadOnlyList<string> FindDiagnosticSockets() => [];

    /// <summary>Makes a directory that only this user can use, and the missing directories above it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public abstract void CreatePrivateDirectory(string path);

    /// <summary>
    /// Maps a library and everything that it needs, with its symbols visible to this caller alone. No name is looked for in the current
    /// directory, and no other file is opened in place of this one.
    /// </summary>
    /// <param name="path">An absolute, real path.</param>
    /// <param name="handle">The loader's handle, in the form that <see cref="System.Runtime.InteropServices.NativeLibrary"/> takes.</param>
    /// <param name="refusal">Why the library was refused, if it was.</param>
    public abstract bool TryOpenLibrary(string path, out nint handle, out LoaderRefusal refusal);

    /// <summary>
    /// Gives one reference to a library back; not for a library that hosts a managed runtime. Returns whether the library is gone: unique
    /// symbols (C++) and thread-local destructors (Rust) can keep it.
    /// </summary>
    public abstract bool CloseLibrary(nint handle, string path);

    /// <summary>The signals that end programs; none on Windows.</summary>
    public virtual IReadOnlyList<(int Number, string Name)> EndingSignals => [];

    /// <summary>The signals that faulting instructions and abort cause; none on Windows.</summary>
    public virtual IReadOnlyList<(int Number, string Name)> FaultSignals => [];

    /// <summary>The address of the handler of a signal; always 0 where there are no signals.</summary>
    public virtual nint GetSignalHandler(int number) => 0;

    /// <summary>Whether CoreCLR handles SIGSEGV on an alternate stack here.</summary>
    public virtual bool HasAlternateSignalStack => false;

    /// <summary>The alternate stack that CoreCLR gives to its threads. Only if <see cref="HasAlternateSignalStack"/>.</summary>
    public virtual SignalStack ReadSignalStack() => throw new NotSupportedException();

    /// <summary>How many thread keys a process has; null if the system does not say, or has no such limit.</summary>
    public virtual int? MaxThreadKeys => null;

    /// <summary>Whether a library is mapped that answers to this name: a SONAME (on Windows a file name) or a path.</summary>
    public abstract bool IsLibraryLoaded(string name);

    /// <summary>The file of the mapped library that answers to a name; null if the system does not say.</summary>
    public virtual string? FindLoadedLibrary(string name) => null;

    /// <summary>Lets only the owner read a copy, and no one write to it. It may be run if its original may.</summary>
    /// <exception cref="IOException">It cannot be changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be changed.</exception>
    public virtual void ProtectCopy(string path, in FileStatus original)
    {
        // On Windows a read-only file cannot be deleted.
    }

    /// <summary>The mappings of each file, by path; null if the system does not say.</summary>
    public virtual IReadOnlyDictionary<string, MappedUsage>? ReadMappedFiles() => null;

    /// <summary>How many threads this process has; null if the system does not say.</summary>
    public virtual int? CountThreads() => null;

    /// <summary>What the system does for worker processes.</summary>
    public virtual WorkerSystem Workers => WorkerSystem.None;

    /// <summary>The function that ends the process at once with a status. It is found now, so that the call needs no search.</summary>
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
