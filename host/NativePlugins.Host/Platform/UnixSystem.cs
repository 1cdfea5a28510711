using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

/// <summary>What Linux and macOS share: POSIX calls whose arguments have the same layout on both.</summary>
[UnsupportedOSPlatform("windows")]
internal abstract partial class UnixSystem : HostSystem
{
    private const int BindNow = 2; // RTLD_NOW
    private const int SignalActionSize = 512;
    private const int MaxUserEntry = 16 * 1024;

    private readonly Lazy<uint> _user = new(geteuid);

    public override string EffectiveUser => _user.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>RTLD_LOCAL: the library's symbols are not visible to others.</summary>
    protected abstract int LocalSymbols { get; }

    /// <summary>RTLD_NOLOAD: opens only a library that is mapped already.</summary>
    protected abstract int OnlyIfMapped { get; }

    /// <summary>The offset of pw_dir in <c>struct passwd</c>.</summary>
    protected abstract int HomeOffset { get; }

    public override int? MaxThreadKeys => sysconf(ThreadKeysMax) is > 0 and <= int.MaxValue and var keys ? (int)keys : null;

    /// <summary>_SC_THREAD_KEYS_MAX.</summary>
    protected abstract int ThreadKeysMax { get; }

    // The signals have the same numbers on Linux and macOS.
    public override IReadOnlyList<(int Number, string Name)> EndingSignals { get; } =
        [(1, "SIGHUP"), (2, "SIGINT"), (3, "SIGQUIT"), (13, "SIGPIPE"), (15, "SIGTERM")];

    public override IReadOnlyList<(int Number, string Name)> FaultSignals =>
        [(4, "SIGILL"), (5, "SIGTRAP"), (6, "SIGABRT"), (8, "SIGFPE"), (11, "SIGSEGV"), (BusErrorSignal, "SIGBUS")];

    protected abstract int BusErrorSignal { get; }

    public override string? FindHomeDirectory()
    {
        Span<byte> entry = stackalloc byte[128];
        Span<byte> texts = stackalloc byte[MaxUserEntry];
        return getpwuid_r(_user.Value, entry, texts, MaxUserEntry, out nint found) == 0 && found != 0
            ? Marshal.PtrToStringUTF8(MemoryMarshal.Read<nint>(entry[HomeOffset..]))
            : null;
    }

    // The runtime makes it for this user alone. One that others may write to is not the runtime's.
    public override IReadOnlyList<string> FindDiagnosticSockets() =>
    [
        .. Directory.GetFiles(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{Environment.ProcessId}-*-socket"))
            .Where(path => (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0),
    ];

    public override void CreatePrivateDirectory(string path) => Directory.CreateDirectory(
        path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    // Binds all functions now: a missing one is found here, and does not end the process at its first call.
    public override bool TryOpenLibrary(string path, out nint handle, out LoaderRefusal refusal)
    {
        // Clears an older error. It also binds the import of dlerror: doing that later would itself reset the reason.
        _ = dlerror();
        handle = dlopen(path, BindNow | LocalSymbols);
        refusal = handle != 0 ? default : new LoaderRefusal(0, Marshal.PtrToStringUTF8(dlerror()) ?? "no reason given");
        return handle != 0;
    }

    public override bool CloseLibrary(nint handle, string path)
    {
        _ = dlclose(handle);
        return !IsLibraryLoaded(path);
    }

    public override bool IsLibraryLoaded(string name)
    {
        nint handle = dlopen(name, BindNow | LocalSymbols | OnlyIfMapped);
        if (handle != 0)
        {
            _ = dlclose(handle);
        }

        return handle != 0;
    }

    public override void ProtectCopy(string path, in FileStatus original) => File.SetUnixFileMode(
        path, UnixFileMode.UserRead | ((UnixFileMode)original.Mode & UnixFileMode.UserExecute));

    public override nint GetSignalHandler(int number)
    {
        // struct sigaction begins with the handler on Linux (glibc, musl) and macOS; 512 bytes are enough for each.
        Span<byte> action = stackalloc byte[SignalActionSize];
        return sigaction(number, 0, action) == 0 ? MemoryMarshal.Read<nint>(action) : 0;
    }

    public override Action<int> FindProcessEnd() => new(Marshal.GetDelegateForFunctionPointer<ExitFunction>(
        NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit")).Invoke);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void ExitFunction(int status);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string path, int flags);

    [LibraryImport(SystemLibrary.Name)]
    private static partial int dlclose(nint handle);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint dlerror();

    [LibraryImport(SystemLibrary.Name)]
    private static partial int sigaction(int signal, nint action, Span<byte> oldAction);

    [LibraryImport(SystemLibrary.Name)]
    private static partial nint sysconf(int name);

    [LibraryImport(SystemLibrary.Name)]
    private static partial uint geteuid();

    [LibraryImport(SystemLibrary.Name)]
    private static partial int getpwuid_r(uint user, Span<byte> entry, Span<byte> texts, nuint size, out nint found);
}
