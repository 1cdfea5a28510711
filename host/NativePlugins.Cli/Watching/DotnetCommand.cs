using System.ComponentModel;
using System.Diagnostics;

namespace NativePlugins.Cli;

/// <summary>One run of <c>dotnet</c>, from its start to its end.</summary>
internal static class DotnetCommand
{
    /// <param name="directory">Where it runs.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    /// <param name="cancellationToken">Ends it, with all that it has started.</param>
    /// <returns>Its exit status, and what it wrote.</returns>
    /// <exception cref="CliException">There is no dotnet.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static (int Status, string Text) Run(string directory, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A process of MSBuild that stays for the next build would keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Start(start);
        using CancellationTokenRegistration ending = cancellationToken.Register(() => End(process));
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw CliErrors.NoDotnet(e.Message);
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has just ended by itself.
        }
    }
}
