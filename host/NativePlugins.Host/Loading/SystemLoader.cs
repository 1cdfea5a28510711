using System.Runtime.InteropServices;

namespace NativePlugins.Host;

/// <summary>The operating system's loader: dlopen with eager binding, or LoadLibraryEx with safe search flags.</summary>
internal static unsafe partial class SystemLoader
{
    private const int RtldNow = 2;

    // RTLD_LOCAL is 0 on Linux and 4 on macOS; RTLD_NOLOAD is 4 on Linux and 16 on macOS.
    private static readonly int s_rtldLocal = OperatingSystem.IsMacOS() ? 4 : 0;
    private static readonly int s_rtldNoLoad = OperatingSystem.IsMacOS() ? 16 : 4;

    /// <summary>
    /// Maps a library and everything it needs, and binds all functions now: an undefined one is found here instead of
    /// ending the process at its first call. Its symbols are not visible to others.
    /// </summary>
    /// <param name="path">An absolute, real path.</param>
    /// <param name="handle">The loader's handle.</param>
    /// <param name="reason">The loader's own words when it refused. Never parsed, only shown.</param>
    public static bool TryOpen(string path, out nint handle, out string reason)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryOpenWindows(path, out handle, out reason);
        }

        // Clears an older error; and binds the import, which would itself reset the reason afterwards.
        _ = DlError();
        handle = Open(path, RtldNow | s_rtldLocal);
        reason = handle != 0 ? "" : Marshal.PtrToStringUTF8(DlError()) ?? "no reason given";
        return handle != 0;
    }

    /// <summary>The address of an exported function, or 0.</summary>
    public static nint Find(nint handle, string symbol) =>
        NativeLibrary.TryGetExport(handle, symbol, out nint address) ? address : 0;

    /// <summary>
    /// Gives one reference to a library back. Never for one that hosts a managed runtime. Returns whether the library is
    /// gone: unique symbols (C++) and thread-local destructors (Rust) can keep it.
    /// </summary>
    public static bool Close(nint handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            NativeLibrary.Free(handle);
            return true;
        }

        _ = DlClose(handle);
        nint left = Open(path, RtldNow | s_rtldLocal | s_rtldNoLoad);
        if (left != 0)
        {
            _ = DlClose(left);
        }

        return left == 0;
    }

    private static nint Open(string path, int flags)
    {
        nint utf8 = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            return DlOpen((byte*)utf8, flags);
        }
        finally
        {
            Marshal.FreeCoTaskMem(utf8);
        }
    }

    private static bool TryOpenWindows(string path, out nint handle, out string reason)
    {
        // System32 alone would still search the current directory for dependencies.
        const DllImportSearchPath Search = DllImportSearchPath.UseDllDirectoryForDependencies | DllImportSearchPath.System32;
        try
        {
            handle = NativeLibrary.Load(path, typeof(SystemLoader).Assembly, Search);
            reason = "";
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            handle = 0;
            reason = e.Message;
            return false;
        }
    }

    [LibraryImport(SystemLibrary.Name, EntryPoint = "dlopen")]
    private static partial nint DlOpen(byte* path, int flags);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "dlclose")]
    private static partial int DlClose(nint handle);

    [LibraryImport(SystemLibrary.Name, EntryPoint = "dlerror")]
    private static partial nint DlError();
}
