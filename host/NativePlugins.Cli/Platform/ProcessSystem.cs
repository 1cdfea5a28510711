using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

/// <summary>Everything in which this program depends on the operating system. Chosen once; nothing else asks which one it is.</summary>
internal abstract class ProcessSystem
{
    public static ProcessSystem Current { get; } = Choose();

    /// <summary>The first part of a portable runtime identifier, for example <c>linux</c>.</summary>
    public abstract string RidName { get; }

    /// <summary>Standard output (1) or standard error (2), unbuffered.</summary>
    public abstract Stream OpenStandard(int descriptor);

    /// <summary>
    /// Finds what it takes to go on as a fresh process of the same program, with the same streams and environment. To be found
    /// before a library is mapped: when one holds the system's loader, no function can be found any more.
    /// </summary>
    /// <returns>Takes the program and its arguments. Returns only to throw an exception when there is no fresh process.</returns>
    public abstract Action<string, IReadOnlyList<string>> PrepareStartAnew();

    /// <summary>How a child process ended.</summary>
    public abstract string DescribeExit(int exitCode);

    /// <summary>Makes a directory that is nobody else's to read or write, unless it is there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public abstract void MakePrivateDirectory(string path);

    /// <summary>Has a file created that is nobody else's to read or write.</summary>
    public abstract void MakePrivate(FileStreamOptions options);

    /// <summary>The environment variable that says where temporary files go.</summary>
    public abstract string TemporaryVariable { get; }

    /// <summary>The system's shell, and what comes before a command for it.</summary>
    public abstract IReadOnlyList<string> Shell { get; }

    /// <summary>The program that runs another one in a session of its own (setsid); null where there is none.</summary>
    public virtual string? NewSession => null;

    /// <summary>Lets everybody read and load a library, whatever a linker or the umask has made of it.</summary>
    public abstract void LetBeLoaded(string library);

    // EAGAIN is 11 on Linux, and 35 on macOS and the BSDs.
    private static ProcessSystem Choose() =>
        OperatingSystem.IsWindows() ? new WindowsProcess()
        : OperatingSystem.IsMacOS() ? new UnixProcess("osx", wouldBlock: 35)
        : OperatingSystem.IsLinux() ? new UnixProcess("linux", wouldBlock: 11)
        : new UnixProcess(RuntimeInformation.RuntimeIdentifier.Split('-')[0], wouldBlock: 35);
}
