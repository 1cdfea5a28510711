using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

/// <summary>What Linux and macOS share: POSIX calls whose arguments have the same layout on both.</summary>
internal abstract partial class UnixSystem : HostSystem
{
    private const int WritableByOthers = 0x12; // 0022
    private const int MaxPath = 4096;

    private readonly Lazy<uint> _userId = new(geteuid);

    public override string LibraryPrefix => "lib";

    protected abstract int OpenFlags { get; }

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

    public override bool IsWritableByOwnerOnly(in FileStatus status) => (status.Mode & WritableByOthers) == 0;

    public override bool IsOwnedByThisUserOrAdministrator(in FileStatus status) =>
        status.OwnerId == 0 || status.OwnerId == _userId.Value;

    protected abstract FileError GetStatus(SafeFileHandle handle, out FileStatus status);

    protected abstract FileErrorKind KindOf(int errorNumber);

    protected FileError LastError()
    {
        int number = Marshal.GetLastPInvokeError();
        return new FileError(KindOf(number), number);
    }

    [LibraryImport(SystemLibrary.Name)]
    private static partial uint geteuid();

    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint realpath(string path, Span<byte> resolved);

    // open is variadic; without O_CREAT it reads no third argument, so the call is the same as a plain one.
    [LibraryImport(SystemLibrary.Name, StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle open(string path, int flags);
}
