using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Binary.Files;

/// <summary>The functions of kernel32 that are used here, with their own names and numbers.</summary>
internal static partial class WindowsFileApi
{
    public const uint ReadAttributes = 0x80;              // FILE_READ_ATTRIBUTES
    public const uint GenericRead = 0x80000000;           // GENERIC_READ
    public const uint ShareAll = 7;                       // FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE
    public const uint ShareReadAndDelete = 5;             // FILE_SHARE_READ | FILE_SHARE_DELETE
    public const uint AllowDirectories = 0x02000000;      // FILE_FLAG_BACKUP_SEMANTICS
    public const uint DoNotFollowLinks = 0x00200000;      // FILE_FLAG_OPEN_REPARSE_POINT
    public const uint OnDisk = 1;                         // FILE_TYPE_DISK
    public const uint OnPipe = 3;                         // FILE_TYPE_PIPE
    public const int Basic = 0;                           // FileBasicInfo
    public const int BasicSize = 40;
    private const uint OpenExisting = 3;                  // OPEN_EXISTING

    public static SafeFileHandle Open(string path, uint access, uint share, uint flags) =>
        CreateFileW(path, access, share, 0, OpenExisting, flags, 0);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetFileInformationByHandle(SafeFileHandle file, out FileInformation information);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetFileInformationByHandleEx(SafeFileHandle file, int kind, out BasicInformation information, int size);

    [LibraryImport("kernel32")]
    public static partial uint GetFileType(SafeFileHandle file);

    [LibraryImport("kernel32", SetLastError = true)]
    public static partial uint GetFinalPathNameByHandleW(SafeFileHandle file, Span<char> path, uint length, uint flags);

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    private static partial SafeFileHandle CreateFileW(
        string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    /// <summary>FILE_BASIC_INFO; times in units of 100 ns since 1601-01-01 UTC.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct BasicInformation
    {
        /// <summary>The time of the last change of contents, name or attributes.</summary>
        [FieldOffset(24)]
        public long Changed;
    }

    /// <summary>BY_HANDLE_FILE_INFORMATION.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 52)]
    public struct FileInformation
    {
        [FieldOffset(0)]
        public uint Attributes;
        [FieldOffset(20)]
        public uint ModifiedLow;
        [FieldOffset(24)]
        public uint ModifiedHigh;
        [FieldOffset(28)]
        public uint Volume;
        [FieldOffset(32)]
        public uint SizeHigh;
        [FieldOffset(36)]
        public uint SizeLow;
        [FieldOffset(44)]
        public uint IndexHigh;
        [FieldOffset(48)]
        public uint IndexLow;
    }
}
