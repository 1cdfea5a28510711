using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NativePlugins.Cli;

[UnsupportedOSPlatform("windows")]
internal sealed partial class UnixProcess(string ridName, int wouldBlock) : ProcessSystem
{
    public override string RidName => ridName;

    public override Stream OpenStandard(int descriptor) => new UnixDescriptorStream(descriptor, wouldBlock);

    public override void EndProcess(int exitCode) => _exit(exitCode);

    public override string DescribeExit(int exitCode) => exitCode > 128
        ? $"the process was ended by signal {exitCode - 128}"
        : $"the process ended with status {exitCode}";

    public override void MakePrivateDirectory(string path) =>
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    [LibraryImport("libc")]
    private static partial void _exit(int status);
}
