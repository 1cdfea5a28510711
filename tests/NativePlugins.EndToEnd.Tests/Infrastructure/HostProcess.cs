using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// A child process, by default dist/host: with nothing in its environment but PATH, HOME, LC_ALL and what is given, every
/// signal at its default, and an end that comes in any case.
/// </summary>
internal sealed class HostProcess : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly Scratch _scratch = new();
    private readonly Process _launcher;
    private readonly MemoryStream _output = new();
    private readonly Task _outputRead;
    private readonly Task<string> _errorRead;
    private readonly string _commandLine;
    private readonly TimeSpan _limit;
    private bool _hasOutputEnded;
    private readonly CancellationTokenSource _timeout;

    private HostProcess(string program, IEnumerable<string> arguments, HostEnvironment environment)
    {
        _limit = environment.Limit ?? s_limit;
        _timeout = new CancellationTokenSource(_limit);
        string[] words = [program, .. arguments];
        _commandLine = string.Join(' ', words.Select(word => word.Length > 200 ? $"{word[..200]}…" : word));
        var start = new ProcessStartInfo(NativeFixtures.Launcher, [_scratch.PathOf("end"), .. words])
        {
            WorkingDirectory = environment.Directory ?? _scratch.Folder("cwd"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = _scratch.Folder("home");
        foreach ((string name, string value) in environment.Variables)
        {
            start.Environment[name] = value;
        }

        _launcher = Process.Start(start)!;
        _errorRead = _launcher.StandardError.ReadToEndAsync();
        _outputRead = ReadOutput();
        Input = _launcher.StandardInput;
    }

    /// <summary>The child's standard input.</summary>
    public StreamWriter Input { get; }

    /// <summary>The child's process id; waits until it has begun.</summary>
    public int Id
    {
        get
        {
            int id = 0;
            string file = _scratch.PathOf("end.pid");
            Assert.True(
                SpinWait.SpinUntil(
                    () => File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.Integer, CultureInfo.InvariantCulture, out id), TimeSpan.FromSeconds(60)),
                "the program has not begun");
            return id;
        }
    }

    /// <summary>Runs dist/host to its end.</summary>
    public static HostResult Run(params IEnumerable<string> arguments) => RunIn(new HostEnvironment(), arguments);

    public static HostResult RunIn(HostEnvironment environment, params IEnumerable<string> arguments) =>
        RunProgram(Repository.Host, environment, arguments);

    public static HostResult RunProgram(string program, HostEnvironment environment, params IEnumerable<string> arguments)
    {
        using HostProcess process = Start(program, environment, arguments);
        return process.WaitForEnd();
    }

    public static HostProcess Start(string program, HostEnvironment environment, params IEnumerable<string> arguments) =>
        new(program, arguments, environment);

    /// <summary>Waits until the child has written this to standard output.</summary>
    public void WaitForOutput(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        lock (_output)
        {
            while (_output.GetBuffer().AsSpan(0, (int)_output.Length).IndexOf(wanted) < 0)
            {
                if (_hasOutputEnded || !Monitor.Wait(_output, _limit))
                {
                    Assert.Fail($"{_commandLine} did not print '{text}' but: {Encoding.UTF8.GetString(_output.ToArray())}");
                }
            }
        }
    }

    /// <summary>Waits until a whole line on standard output begins like this, and returns it.</summary>
    public string WaitForLine(string beginning)
    {
        lock (_output)
        {
            while (true)
            {
                string[] lines = Encoding.UTF8.GetString(_output.ToArray()).Split('\n')[..^1];
                if (Array.Find(lines, line => line.StartsWith(beginning, StringComparison.Ordinal)) is string line)
                {
                    return line;
                }

                if (_hasOutputEnded || _timeout.IsCancellationRequested || !Monitor.Wait(_output, _limit))
                {
                    Assert.Fail($"{_commandLine} did not print a line that begins with '{beginning}' but:\n{string.Join('\n', lines)}");
                }
            }
        }
    }

    /// <summary>Sends a signal to the child.</summary>
    public void Signal(string name) => Tool.Run("kill", "-s", name, Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>Waits a while for the child's end; false if it goes on.</summary>
    public bool WaitForEnd(TimeSpan limit) => _launcher.WaitForExit(limit);

    /// <summary>Closes the child's input and waits for its end; past the limit it is killed and the test fails.</summary>
    public HostResult WaitForEnd()
    {
        try
        {
            Input.Dispose();
        }
        catch (IOException)
        {
            // The child has ended without reading its input.
        }

        try
        {
            Task.WhenAll(_outputRead, _errorRead, _launcher.WaitForExitAsync(_timeout.Token)).Wait(_timeout.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            Assert.Fail($"{_commandLine} did not end within {_limit.TotalSeconds} s. It had printed: {Encoding.UTF8.GetString(_output.ToArray())}");
        }

        string report = _scratch.PathOf("end");
        string ended = File.Exists(report) ? File.ReadAllText(report).Trim() : $"the launcher failed with {_launcher.ExitCode}";
        return new HostResult(_commandLine, ended, _output.ToArray(), _errorRead.Result);
    }

    public void Dispose()
    {
        Kill();
        _launcher.Dispose();
        _timeout.Dispose();
        _scratch.Dispose();
    }

    private void Kill()
    {
        if (!_launcher.HasExited)
        {
            _launcher.Kill(entireProcessTree: true);
            _launcher.WaitForExit();
        }
    }

    private async Task ReadOutput()
    {
        var buffer = new byte[64 * 1024];
        int read;
        do
        {
            read = await _launcher.StandardOutput.BaseStream.ReadAsync(buffer);
            lock (_output)
            {
                _output.Write(buffer, 0, read);
                _hasOutputEnded = read == 0;
                Monitor.PulseAll(_output);
            }
        }
        while (read > 0);
    }
}

/// <summary>What a child process finds around it.</summary>
internal sealed record HostEnvironment
{
    /// <summary>The working directory; an empty one if null.</summary>
    public string? Directory { get; init; }

    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>How long it may run; five minutes if null.</summary>
    public TimeSpan? Limit { get; init; }
}
