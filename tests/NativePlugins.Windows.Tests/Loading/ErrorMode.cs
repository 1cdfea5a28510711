using System.Runtime.InteropServices;

namespace NativePlugins.Windows.Tests.Loading;

/// <summary>Whether this thread shows a dialog when a library is missing.</summary>
internal static partial class ErrorMode
{
    public static uint Get() => GetThreadErrorMode();

    [LibraryImport("kernel32")]
    private static partial uint GetThreadErrorMode();
}
