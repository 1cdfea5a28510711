using System.ComponentModel;
using System.Diagnostics;

namespace NativePlugins.Cli;

/// <summary>
/// Runs what a build runs: <c>dotnet</c>, compilers and linkers. On Linux all of it ends with this process, however that ends; and what it puts
/// among the temporary files goes with this process's directory.
/// </summary>
internal static class BuildProcess
{
    private const string Shell = "/bin/sh";

    // The shell leads a session, and so a process group, of its own. A second one waits until its standard input ends, which it does with
    // this process, and then ends all of the group.
    private const string Guard = """exec 3<&0 </dev/null; { read -r line <&3; kill -KILL 0; } >/dev/null 2>&1 & guard=$!; "$@" 3<&-; status=$?; kill -KILL $guard; exit $status""";

    private static readonly string? s_newSession = File.Exists(Shell) ? ProcessSystem.Current.NewSession : null;

    /// <param name="place">Where it runs, and where its temporary files go.</param>
    /// <param name="program">By its path, or by its name on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Ends it, with all that it has started.</param>
    /// <returns>Its exit status, and what it wrote.</returns>
    /// <exception cref="CliException">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static (int Status, string Text) Run(BuildPlace place, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ProcessStartInfo start = s_newSession is null
            ? new ProcessStartInfo(program, arguments)
            : new ProcessStartInfo(s_newSession, [Shell, "-c", Guard, "sh", program, .. arguments]);
        start.WorkingDirectory = place.Directory;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        place.SetEnvironment(start);

        // A process of MSBuild that stays for the next build would keep the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using Process process = Start(start, program);
        using CancellationTokenRegistration ending = cancellationToken.Register(() => End(process));
        if (s_newSession is null)
        {
            process.StandardInput.Close();
        }

        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    private static Process Start(ProcessStartInfo start, string program)
    {
        if (s_newSession is not null && BuildPlace.Find(program) is null)
        {
            throw CliErrors.NoBuildTool(program, "nothing of that name");
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw CliErrors.NoBuildTool(program, e.Message);
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (s_newSession is not null)
            {
                process.StandardInput.Close();
            }
            else
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // It has just ended by itself.
        }
    }
}
