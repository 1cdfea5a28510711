using System.Diagnostics;
using Xunit;

namespace NativePlugins.Tests;

/// <summary>What a program left that has run to its end.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Both outputs, first the standard one.</summary>
    public string AllOutput => Output + Error;

    /// <summary>Runs a program to its end. Both outputs are read at once: one that nobody reads would stop a program that fills it.</summary>
    /// <param name="start">The program; its streams are redirected here.</param>
    /// <param name="input">What it finds on standard input before the end of it.</param>
    /// <param name="limit">After which it is killed and the test fails; for as long as it takes if null.</param>
    public static ProgramRun Of(ProcessStartInfo start, string input = "", TimeSpan? limit = null)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(limit ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{string.Join(' ', start.ArgumentList.Prepend(start.FileName))}\ndid not end within {limit}.");
        }

        return new ProgramRun(process.ExitCode, output.Result, error.Result);
    }
}
