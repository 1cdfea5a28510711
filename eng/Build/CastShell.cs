using System.Collections.Concurrent;
using System.Diagnostics;

namespace NativePlugins.Build;

/// <summary>Runs commands in a directory as a person would in one terminal, those that end with &amp; in the background, and keeps what comes when.</summary>
internal sealed class CastShell(string directory) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_limitOfEnding = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<string> _lines = [];
    private readonly List<Process> _background = [];

    /// <summary>Runs a command, and waits for a line with this text; for its end, if it writes nothing.</summary>
    public CastScene Play(string caption, string command, string? last)
    {
        Process process = Start(command);
        if (command.EndsWith('&'))
        {
            _background.Add(process);
        }

        var output = new List<CastOutput>();
        while (last is not null && !(output.Count > 0 && output[^1].Text.Contains(last, StringComparison.Ordinal)))
        {
            var clock = Stopwatch.StartNew();
            if (!_lines.TryTake(out string? line, s_limit))
            {
                throw new BuildException($"{string.Join('\n', output.Select(written => written.Text))}\n\n'{last}' did not come after: {command}");
            }

            output.Add(new(clock.Elapsed, line));
        }

        if (!command.EndsWith('&'))
        {
            process.WaitForExit();
            process.Dispose();
        }

        return new(caption, command, output);
    }

    public void Dispose()
    {
        foreach (Process process in _background)
        {
            // Ctrl-C, so that it takes its private copies away.
            using Process? signal = Process.Start("sh", ["-c", $"kill -INT {process.Id}"]);
            signal?.WaitForExit();
            if (!process.WaitForExit(s_limitOfEnding))
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }

        _lines.Dispose();
    }

    private Process Start(string command)
    {
        // One pipe for both outputs keeps their order. The colours are those of a terminal.
        string colored = command.TrimEnd('&', ' ').Replace("dist/host ", "dist/host --color always ", StringComparison.Ordinal);
        var start = new ProcessStartInfo("sh", ["-c", $"umask 022; exec {colored} 2>&1"])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Add(line);
        }
    }
}
