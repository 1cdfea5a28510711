using System.ComponentModel;
using System.Diagnostics;

namespace NativePlugins.Build;

/// <summary>What a finished child process left: its exit code and both its outputs, in the order of arrival.</summary>
internal sealed record ToolResult(string CommandLine, int ExitCode, string Output)
{
    private const int TailLines = 40;
    private const int TailWidth = 300;

    public string Tail => string.Join('\n', Output.TrimEnd().Split('\n').TakeLast(TailLines).Select(line => line.Length > TailWidth ? line[..TailWidth] + "…" : line));
}

/// <summary>Child processes: captured with no standard input, or attached to the terminal.</summary>
internal static class Tool
{
    /// <summary>Runs to the end and returns its output, whatever its exit code.</summary>
    public static ToolResult Capture(Workspace workspace, string file, params IEnumerable<string> arguments)
    {
        var start = Describe(workspace, file, arguments);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;

        var output = new List<string>();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        Start(process);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return new ToolResult(Display(start), process.ExitCode, string.Join('\n', output));
    }

    /// <summary>Runs to the end; an exit code other than 0 ends the build with the command and its output's end.</summary>
    public static string Require(Workspace workspace, string advice, string file, params IEnumerable<string> arguments)
    {
        var result = Capture(workspace, file, arguments);
        if (result.ExitCode != 0)
        {
            throw new BuildException($"{result.Tail}\n\nfailed with exit code {result.ExitCode}: {result.CommandLine}\n{advice}");
        }

        return result.Output;
    }

    /// <summary>Runs attached to this process's standard streams and returns its exit code. Ctrl-C is the child's to answer.</summary>
    public static int Attach(Workspace workspace, string file, params IEnumerable<string> arguments)
    {
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        using var process = new Process { StartInfo = Describe(workspace, file, arguments) };
        Start(process);
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Whether a program of that name is on the PATH.</summary>
    public static bool Exists(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(directory => File.Exists(Path.Combine(directory, Workspace.Executable(name))));

    private static ProcessStartInfo Describe(Workspace workspace, string file, IEnumerable<string> arguments) =>
        new(file, arguments) { WorkingDirectory = workspace.Root, UseShellExecute = false };

    private static void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception failure)
        {
            throw new BuildException($"could not start {process.StartInfo.FileName}: {failure.Message}", ExitCode.PrerequisiteMissing);
        }
    }

    private static void Keep(List<string> output, string? line)
    {
        lock (output)
        {
            if (line is not null)
            {
                output.Add(line);
            }
        }
    }

    private static string Display(ProcessStartInfo start) =>
        string.Join(' ', new[] { start.FileName }.Concat(start.ArgumentList).Select(part => part.Contains(' ', StringComparison.Ordinal) ? $"\"{part}\"" : part));
}
