using System.Diagnostics;

namespace NativePlugins.Abi.Tests;

/// <summary>Programs of the system, run in the repository's root.</summary>
internal static class Command
{
    public static ProgramRun Run(string program, params IEnumerable<string> arguments) =>
        ProgramRun.Of(new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root });

    /// <summary>Runs a program that has to succeed and returns what it printed.</summary>
    public static string Succeed(string program, params IEnumerable<string> arguments)
    {
        var run = Run(program, arguments);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {run.ExitCode}\n{run.Error}");
        return run.Output;
    }

    public static bool Exists(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, program)));
}
