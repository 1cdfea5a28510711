using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NativePlugins.Windows.Tests;

/// <summary>Ctrl-C for every process of this one's console, and none for this one.</summary>
internal static partial class ConsoleEvents
{
    private const uint CtrlC = 0;

    /// <summary>Started without a terminal a program has no console, and neither have its children.</summary>
    public static void RequireConsole()
    {
        _ = FreeConsole();
        if (!AllocConsole())
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    public static void SendCtrlC()
    {
        if (!GenerateConsoleCtrlEvent(CtrlC, 0))
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("kernel32")]
    private static partial int FreeConsole();

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AllocConsole();

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroup);
}
