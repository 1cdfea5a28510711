using System.Runtime.InteropServices;

namespace NativePlugins.Cli;

internal sealed partial class UnixProcess(string ridName, int wouldBlock) : ProcessSystem
{
    public override string RidName => ridName;

    public override Stream OpenStandard(int descriptor) => new UnixDescriptorStream(descriptor, wouldBlock);

    public override void EndProcess(int exitCode) => _exit(exitCode);

    public override string DescribeExit(int exitCode) => exitCode > 128
        ? $"the process was ended by signal {exitCode - 128}"
        : $"the process ended with status {exitCode}";

    [LibraryImport("libc")]
    private static partial void _exit(int status);
}
