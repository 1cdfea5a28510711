using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

/// <summary>What Linux and macOS share: POSIX calls whose arguments have the same layout on both.</summary>
[UnsupportedOSPlatform("windows")]
internal abstract partial class UnixSystem : HostSystem
{
    private const int WritableByOthers = 0x12; // 0022
    private const int MaxPath = 4096;
    private const int BindNow = 2; // RTLD_NOW
    private const int SignalActionSize = 512;

    private const int MaxUserEntry = 16 * 1024;

    private readonly Lazy<(uint Effective, uint Real)> _user = new(() => (geteuid(), getuid()));
    private readonly Lazy<bool> _isSecure;

    protected UnixSystem() => _isSecure = new Lazy<bool>(AskSecureExecution);

    public override bool IsSecureExecution => _isSecure.Value;

    public override string EffectiveUser => _user.Value.Effective.ToString(CultureInfo.InvariantCulture);

    public override string LibraryPrefix => "lib";

    public override bool HasNamesOfBytes => true;

    protected abstract int OpenFlags { get; }

    /// <summary>RTLD_LOCAL: the library's symbols are not visible to others.</summary>
    protected abstract int LocalSymbols { get; }

    /// <summary>RTLD_NOLOAD: only a library that is mapped already.</summary>
    protected abstract int OnlyIfMapped { get; }

    /// <summary>ELOOP.</summary>
    protected abstract int LinkLoopError { get; }

    /// <summary>EDQUOT.</summary>
    protected abstract int QuotaError { get; }

    /// <summary>Where <c>struct passwd</c> has pw_dir.</summary>
    protected abstract int HomeOffset { get; }

    /// <summary>ENAMETOOLONG.</summary>
    protected abstract int NameTooLongError { get; }

    public override int? MaxThreadKeys => sysconf(ThreadKeysMax) is > 0 and <= int.MaxValue and var keys ? (int)keys : null;

    /// <summary>_SC_THREAD_KEYS_MAX.</summary>
    protected abstract int ThreadKeysMax { get; }

    // These have the same numbers on Linux and macOS.
    public override IReadOnlyList<(int Number, string Name)> EndingSignals { get; } =
        [(1, "SIGHUP"), (2, "SIGINT"), (3, "SIGQUIT"), (13, "SIGPIPE"), (15, "SIGTERM")];

    public override IReadOnlyList<(int Number, string Name)> FaultSignals =>
        [(4, "SIGILL"), (5, "SIGTRAP"), (6, "SIGABRT"), (8, "SIGFPE"), (11, "SIGSEGV"), (BusErrorSignal, "SIGBUS")];

    protected abstract int BusErrorSignal { get; }

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

        // Opening a device can already act on it, so what is known not to be a file is not even opened.
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

    public override string? FindHomeDirectory()
    {
        Span<byte> entry = stackalloc byte[128];
        Span<byte> texts = stackalloc byte[MaxUserEntry];
        return getpwuid_r(_user.Value.Effective, entry, texts, MaxUserEntry, out nint found) == 0 && found != 0
            ? Marshal.PtrToStringUTF8(MemoryMarshal.Read<nint>(entry[HomeOffset..]))
            : null;
    }

    public override void CreatePrivateDirectory(string path) => Directory.CreateDirectory(
        path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    // All functions are bound now: an undefined one is found here instead of ending the process at its first call.
    public override bool TryOpenLibrary(string path, out nint handle, out LoaderRefusal refusal)
    {
        // Clears an older error; and binds the import, which would itself reset the reason afterwards.
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

    // Such an exception has errno for its HResult, unless it is one of the framework's own kinds.
    public override FileError ErrorOf(Exception e) => new(KindOf(e.HResult), e.HResult);

    public override nint GetSignalHandler(int number)
    {
        // struct sigaction begins with the handler on Linux (glibc, musl) and macOS; 512 bytes hold all of them.
        Span<byte> action = stackalloc byte[SignalActionSize];
        return sigaction(number, 0, action) == 0 ? MemoryMarshal.Read<nint>(action) : 0;
    }

    /// <summary>Whose files are believed: the administrator's, and this user's unless he has fewer rights than the process.</summary>
    internal static bool IsTrusted(uint owner, uint effectiveUser, uint realUser, bool isSecure) =>
        owner == 0 || (owner == effectiveUser && (!isSecure || effectiveUser != realUser));

    /// <summary>Asks the system, which knows of every way to more rights.</summary>
    protected abstract bool AskSecureExecution();

    public override Action<int> FindProcessEnd() => new(Marshal.GetDelegateForFunctionPointer<ExitFunction>(
        NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit")).Invoke);

    protected abstract FileError GetStatus(SafeFileHandle handle, out FileStatus status);

    /// <summary>What a call filled in, or why it did not.</summary>
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
    private static partial uint getuid();

    [LibraryImport(SystemLibrary.Name)]
    private static partial int getpwuid_r(uint user, Span<byte> entry, Span<byte> texts, nuint size, out nint found);

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint realpath(string path, Span<byte> resolved);

    // open is variadic; without O_CREAT it reads no third argument, so the call is the same as a plain one.
    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle open(string path, int flags);
}
