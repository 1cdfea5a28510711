using System.Diagnostics;
using NativePlugins.Host;

namespace NativePlugins.Cli;

internal sealed class WindowsProcess : ProcessSystem
{
    public override string RidName => "win";

    public override string TemporaryVariable => "TMP";

    public override IReadOnlyList<string> Shell { get; } = ["cmd.exe", "/d", "/c"];

    public override Stream OpenStandard(int descriptor) =>
        descriptor == 1 ? Console.OpenStandardOutput() : Console.OpenStandardError();

    // There is no exec: this process waits for the fresh one, and ends as that does.
    public override Action<string, IReadOnlyList<string>> PrepareStartAnew() => static (program, arguments) =>
    {
        using Process fresh = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })
            ?? throw new IOException("The system started no process.");
        fresh.WaitForExit();
        PluginHost.EndProcess(fresh.ExitCode);
    };

    public override string DescribeExit(int exitCode) => exitCode < 0
        ? $"the process ended with status 0x{exitCode:X8}"
        : $"the process ended with status {exitCode}";

    // On Windows a directory below a user's own data inherits that nobody else may use it.
    public override void MakePrivateDirectory(string path) => Directory.CreateDirectory(path);

    // On Windows a file below a user's own data inherits that nobody else may read it.
    public override void MakePrivate(FileStreamOptions options)
    {
    }

    // A file inherits who may read it.
    public override void LetBeLoaded(string library)
    {
    }
}
