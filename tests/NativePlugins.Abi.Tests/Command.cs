using System.Diagnostics;

namespace NativePlugins.Abi.Tests;

internal sealed record Outcome(int ExitCode, string Output, string Error);

internal static class Command
{
    /// <summary>Runs a program in the repository's root until it ends.</summary>
    public static Outcome Run(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, error.Result);
    }

    /// <summary>Runs a program that has to succeed and returns what it printed.</summary>
    public static string Succeed(string program, params IEnumerable<string> arguments)
    {
        var outcome = Run(program, arguments);
        Assert.True(outcome.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {outcome.ExitCode}\n{outcome.Error}");
        return outcome.Output;
    }

    public static bool Exists(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, program)));
}
