using System.Runtime.InteropServices;

namespace NativePlugins.Cli.Tests;

/// <summary>Does something on a thread that the system's files take for one of a user without rights, whoever runs the tests.</summary>
internal static class FileAccessUser
{
    private const uint Nobody = 65_534;

    public static T AsNobody<T>(Func<T> body)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux())
                {
                    // Root may do everything, so root acts as nobody, on this thread alone, which ends afterwards. The system refuses it to
                    // other users, who need no such thing.
                    _ = SetFileAccessUser(Nobody);
                }

                result = body();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException("it failed on its thread", failure);
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetFileAccessUser(uint user);
}
