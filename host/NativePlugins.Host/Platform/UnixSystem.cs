using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
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

    private readonly Lazy<uint> _userId = new(geteuid);

    public override string LibraryPrefix => "lib";

    protected abstract int OpenFlags { get; }

    /// <summary>RTLD_LOCAL: the library's symbols are not visible to others.</summary>
    protected abstract int LocalSymbols { get; }

    /// <summary>RTLD_NOLOAD: only a library that is mapped already.</summary>
    protected abstract int OnlyIfMapped { get; }

    /// <summary>ELOOP.</summary>
    protected abstract int LinkLoopError { get; }

    /// <summary>EDQUOT.</summary>
    protected abstract int QuotaError { get; }

    /// <summary>ENAMETOOLONG.</summary>
    protected abstract int NameTooLongError { get; }

    public override FileError GetRealPath(string path, out string realPath)
    {
        Span<byte> buffer = stackalloc byte[MaxPath];
        if (realpath(path, buffer) == 0)
        {
            realPath = string.Empty;
            return LastError();
        }

        realPath = Encoding.UTF8.GetString(buffer[..buffer.IndexOf((byte)0)]);
        return FileError.None;
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
        IsOwnerTrusted: status.OwnerId == 0 || status.OwnerId == _userId.Value,
        status.DescribeAccess());

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

    public override Action<int> FindProcessEnd() => new(Marshal.GetDelegateForFunctionPointer<ExitFunction>(
        NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_exit")).Invoke);

    protected abstract FileError GetStatus(SafeFileHandle handle, out FileStatus status);

    /// <summary>What a call filled in, or why it did not.</summary>
    protected FileError ToStatus(
        int result, int mode, uint owner, ulong size, ulong device, ulong inode, (long Seconds, long Nanoseconds) modified, out FileStatus status)
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
            ModifiedNanoseconds = unchecked((modified.Seconds * 1_000_000_000) + modified.Nanoseconds),
        };
        return FileError.None;
    }

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
    private static partial uint geteuid();

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint realpath(string path, Span<byte> resolved);

    // open is variadic; without O_CREAT it reads no third argument, so the call is the same as a plain one.
    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle open(string path, int flags);
}
