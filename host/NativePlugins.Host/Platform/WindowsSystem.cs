using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using NativePlugins.Binary.Files;

namespace NativePlugins.Host.Platform;

[SupportedOSPlatform("windows")]
internal sealed class WindowsSystem(SharingRetry sharing) : HostSystem
{
    private const int MaxPath = 32_768;           // of any path, the terminator included
    private const int SharingViolation = 32;      // ERROR_SHARING_VIOLATION
    private const int LockViolation = 33;         // ERROR_LOCK_VIOLATION

    public override void CreatePrivateDirectory(string path) => WindowsSecurity.CreatePrivateDirectory(path);

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

    public override Action<int> FindProcessEnd()
    {
        const nint CurrentProcess = -1;
        var terminate = Marshal.GetDelegateForFunctionPointer<TerminateFunction>(
            NativeLibrary.GetExport(NativeLibrary.Load("kernel32", typeof(WindowsSystem).Assembly, DllImportSearchPath.System32), "TerminateProcess"));
        return status => terminate(CurrentProcess, (uint)status);
    }

    private static (nint Handle, int Number) TryLoad(string path)
    {
        nint handle = WindowsApi.LoadLibraryExW(
            WindowsPath.ToLoad(path), 0, WindowsApi.SearchDirectoryOfLibrary | WindowsApi.SearchSystemDirectory);
        return (handle, handle == 0 ? Marshal.GetLastPInvokeError() : 0);
    }

    [UnmanagedFunctionPointer(CallingConvention.Winapi)]
    private delegate int TerminateFunction(nint process, uint status);
}
