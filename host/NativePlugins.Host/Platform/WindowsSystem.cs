using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host;

[SupportedOSPlatform("windows")]
internal sealed class WindowsSystem(SharingRetry sharing) : HostSystem
{
    private const uint DirectoryAttribute = 0x10;
    private const uint LinkAttribute = 0x400;     // FILE_ATTRIBUTE_REPARSE_POINT
    private const int MaxPath = 32_768;           // of any path, the terminator included
    private const int SharingViolation = 32;      // ERROR_SHARING_VIOLATION
    private const int LockViolation = 33;         // ERROR_LOCK_VIOLATION

    public override string LibraryPrefix => string.Empty;

    public override string LibraryExtension => ".dll";

    public override BinaryFormat LibraryFormat => BinaryFormat.Pe;

    public override StringComparer Paths => StringComparer.OrdinalIgnoreCase;

    public override FileError GetStatus(string path, bool followLinks, out FileStatus status)
    {
        using SafeFileHandle file = OpenAsIs(path, followLinks);
        if (file.IsInvalid)
        {
            status = default;
            return LastError();
        }

        return GetStatus(file, mayBeLink: !followLinks, out status);
    }

    /// <summary>With the letter case that the directories have: one file has one real path.</summary>
    public override FileError GetRealPath(string path, out string realPath)
    {
        realPath = string.Empty;
        using SafeFileHandle file = OpenAsIs(path, followLinks: true);
        if (file.IsInvalid)
        {
            return LastError();
        }

        char[] buffer = new char[MaxPath];
        uint length = WindowsApi.GetFinalPathNameByHandleW(file, buffer, (uint)buffer.Length, flags: 0);
        realPath = WindowsPath.FromCall(length > 0 && length < buffer.Length ? new string(buffer, 0, (int)length) : WithoutLink(path));
        return FileError.None;
    }

    public override FileError OpenToRead(string path, out SafeFileHandle? handle, out FileStatus status)
    {
        handle = null;

        // Opening a device can already act on it, so what is known not to be a file is not opened for reading.
        FileError error = GetStatus(path, followLinks: true, out status);
        if (!error.IsNone || !status.IsRegular)
        {
            return error;
        }

        (SafeFileHandle opened, error) = sharing.Run(() => TryOpenToRead(path), static tried => tried.Error.Kind == FileErrorKind.InUse);
        if (error.IsNone)
        {
            error = GetStatus(opened, mayBeLink: false, out status);
        }

        if (!error.IsNone)
        {
            opened.Dispose();
            return error;
        }

        handle = opened;
        return FileError.None;
    }

    public override FileProtection GetProtection(string path, in FileStatus status) => WindowsSecurity.GetProtection(path);

    public override void CreatePrivateDirectory(string path) => WindowsSecurity.CreatePrivateDirectory(path);

    // Such an exception has an HRESULT with the system's number in its lower half.
    public override FileError ErrorOf(Exception e) => new(KindOf(e.HResult & 0xFFFF), e.HResult & 0xFFFF);

    // With System32 alone the loader would still look for dependencies in the current directory.
    public override bool TryOpenLibrary(string path, out nint handle, out LoaderRefusal refusal)
    {
        bool isModeSet = WindowsApi.SetThreadErrorMode(WindowsApi.ReportErrorsToCaller, out uint oldMode);
        (handle, int number) = sharing.Run(() => TryLoad(path), static tried => tried.Number is SharingViolation or LockViolation);
        if (isModeSet)
        {
            _ = WindowsApi.SetThreadErrorMode(oldMode, out _);
        }

        refusal = handle != 0 ? default : new LoaderRefusal(number, $"{Marshal.GetPInvokeErrorMessage(number)} (error {number})");
        return handle != 0;
    }

    public override bool CloseLibrary(nint handle, string path)
    {
        NativeLibrary.Free(handle);
        return !IsLibraryLoaded(WindowsPath.ToLoad(path));
    }

    public override bool IsLibraryLoaded(string name) => WindowsApi.GetModuleHandleW(name) != 0;

    public override string? FindLoadedLibrary(string name)
    {
        nint module = WindowsApi.GetModuleHandleW(name);
        char[] buffer = new char[MaxPath];
        uint length = module == 0 ? 0 : WindowsApi.GetModuleFileNameW(module, buffer, (uint)buffer.Length);
        return length > 0 && length < buffer.Length ? WindowsPath.FromCall(new string(buffer, 0, (int)length)) : null;
    }

    public override PluginException? ExplainRefusal(string path, LoaderRefusal refusal) => WindowsLoadErrors.Explain(path, refusal);

    public override Action<int> FindProcessEnd()
    {
        const nint CurrentProcess = -1;
        var terminate = Marshal.GetDelegateForFunctionPointer<TerminateFunction>(
            NativeLibrary.GetExport(NativeLibrary.Load("kernel32", typeof(WindowsSystem).Assembly, DllImportSearchPath.System32), "TerminateProcess"));
        return status => terminate(CurrentProcess, (uint)status);
    }

    private static (SafeFileHandle File, FileError Error) TryOpenToRead(string path)
    {
        SafeFileHandle file = WindowsApi.Open(WindowsPath.ToCall(path), WindowsApi.GenericRead, WindowsApi.ShareReadAndDelete, flags: 0);
        return (file, file.IsInvalid ? LastError() : FileError.None);
    }

    private static (nint Handle, int Number) TryLoad(string path)
    {
        nint handle = WindowsApi.LoadLibraryExW(
            WindowsPath.ToLoad(path), 0, WindowsApi.SearchDirectoryOfLibrary | WindowsApi.SearchSystemDirectory);
        return (handle, handle == 0 ? Marshal.GetLastPInvokeError() : 0);
    }

    // Some drivers of file systems do not know the final path (nor does Wine 8, of a path of over 260 characters).
    private static string WithoutLink(string path)
    {
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Path.GetFullPath(path);
        }
    }

    private static SafeFileHandle OpenAsIs(string path, bool followLinks) => WindowsApi.Open(
        WindowsPath.ToCall(path), WindowsApi.ReadAttributes, WindowsApi.ShareAll,
        WindowsApi.AllowDirectories | (followLinks ? 0 : WindowsApi.DoNotFollowLinks));

    private static FileError GetStatus(SafeFileHandle file, bool mayBeLink, out FileStatus status)
    {
        status = default;
        uint type = WindowsApi.GetFileType(file);
        if (type != WindowsApi.OnDisk)
        {
            status = new FileStatus { Kind = type == WindowsApi.OnPipe ? FileKind.Pipe : FileKind.CharacterDevice };
            return FileError.None;
        }

        if (!WindowsApi.GetFileInformationByHandle(file, out WindowsApi.FileInformation information))
        {
            return LastError();
        }

        status = new FileStatus
        {
            Kind = KindOf(information.Attributes, mayBeLink),
            Size = Join(information.SizeHigh, information.SizeLow),
            Device = information.Volume,
            Inode = Join(information.IndexHigh, information.IndexLow),
            ModifiedNanoseconds = ToNanoseconds((long)Join(information.ModifiedHigh, information.ModifiedLow)),
            ChangedNanoseconds = ReadChanged(file),
        };
        return FileError.None;
    }

    // Files of the cloud and deduplicated ones have the attribute too: they are links only to who asked for the link itself.
    private static FileKind KindOf(uint attributes, bool mayBeLink) =>
        mayBeLink && (attributes & LinkAttribute) != 0 ? FileKind.SymbolicLink
        : (attributes & DirectoryAttribute) != 0 ? FileKind.Directory
        : FileKind.Regular;

    private static ulong Join(uint high, uint low) => ((ulong)high << 32) | low;

    private static long ReadChanged(SafeFileHandle file) =>
        WindowsApi.GetFileInformationByHandleEx(file, WindowsApi.Basic, out WindowsApi.BasicInformation basic, WindowsApi.BasicSize) && basic.Changed != 0
            ? ToNanoseconds(basic.Changed)
            : 0;

    /// <param name="fileTime">In units of 100 ns since 1601-01-01 UTC.</param>
    private static long ToNanoseconds(long fileTime) =>
        unchecked((fileTime - (DateTime.UnixEpoch.Ticks - new DateTime(1601, 1, 1).Ticks)) * 100);

    private static FileError LastError()
    {
        int number = Marshal.GetLastPInvokeError();
        return new FileError(KindOf(number), number);
    }

    private static FileErrorKind KindOf(int number) => number switch
    {
        2 or 3 or 123 or 161 => FileErrorKind.NotFound,   // ERROR_FILE_NOT_FOUND, _PATH_NOT_FOUND, _INVALID_NAME, _BAD_PATHNAME
        5 or 65 => FileErrorKind.AccessDenied,            // ERROR_ACCESS_DENIED, _NETWORK_ACCESS_DENIED
        SharingViolation or LockViolation => FileErrorKind.InUse,
        19 => FileErrorKind.ReadOnlyFileSystem,           // ERROR_WRITE_PROTECT
        39 or 112 or 1295 => FileErrorKind.NoSpace,       // ERROR_HANDLE_DISK_FULL, _DISK_FULL, _DISK_QUOTA_EXCEEDED
        206 => FileErrorKind.NameTooLong,                 // ERROR_FILENAME_EXCED_RANGE
        1921 => FileErrorKind.LinkLoop,                   // ERROR_CANT_RESOLVE_FILENAME
        _ => FileErrorKind.Other,
    };

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate int TerminateFunction(nint process, uint status);
}
