using System.Diagnostics;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Programs of the system that tests need.</summary>
internal static class Tool
{
    /// <summary>Runs a program in the repository's root, which has to succeed, and returns what it printed.</summary>
    public static string Run(string program, params IEnumerable<string> arguments)
    {
        (int exitCode, string output, string error) = Try(program, arguments);
        return exitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}\n{error}");
    }

    public static (int ExitCode, string Output, string Error) Try(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root };

        // What they print is compared in English. And in Turkish, where I is no capital i, kill of procps does not know SIGINT.
        start.Environment["LC_ALL"] = "C.UTF-8";
        ProgramRun run = ProgramRun.Of(start);
        return (run.ExitCode, run.Output, run.Error);
    }
}
