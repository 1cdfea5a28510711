using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

internal sealed partial class WindowsProcess : ProcessSystem
{
    private const int CurrentProcess = -1;

    public override string RidName => "win";

    public override Stream OpenStandard(int descriptor) =>
        descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();

    public override void EndProcess(int exitCode) => _ = TerminateProcess(CurrentProcess, (uint)exitCode);

    public override string DescribeExit(int exitCode) => exitCode < 0
        ? $"the process ended with status 0x{exitCode:X8}"
        : $"the process ended with status {exitCode}";

    // What is below a user's own data is that user's there.
    public override void MakePrivateDirectory(string path) => Directory.CreateDirectory(path);

    [LibraryImport("kernel32")]
    private static partial int TerminateProcess(nint process, uint exitCode);
}
