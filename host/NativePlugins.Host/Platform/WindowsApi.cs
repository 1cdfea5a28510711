using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NativePlugins.Host.Platform;

/// <summary>The functions of kernel32 that are used here, with their own names and numbers.</summary>
internal static partial class WindowsApi
{
    public const uint SearchSystemDirectory = 0x800;      // LOAD_LIBRARY_SEARCH_SYSTEM32
    public const uint SearchDirectoryOfLibrary = 0x100;   // LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR
    public const uint ReportErrorsToCaller = 0x8001;      // SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    public static partial nint LoadLibraryExW(string path, nint reserved, uint flags);

    [LibraryImport("kernel32", StringMarshalling = StringMarshalling.Utf16)]
    public static partial nint GetModuleHandleW(string name);

    [LibraryImport("kernel32")]
    public static partial uint GetModuleFileNameW(nint module, Span<char> path, uint length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetThreadErrorMode(uint mode, out uint oldMode);
}
