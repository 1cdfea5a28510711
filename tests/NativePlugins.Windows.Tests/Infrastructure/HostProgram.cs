using System.Diagnostics;
using System.Text;

namespace NativePlugins.Windows.Tests;

/// <summary>What a run of host.exe left.</summary>
internal sealed record HostResult(int ExitCode, string Output, string Error)
{
    public HostResult Exits(int status)
    {
        Assert.True(ExitCode == status, $"status {status} was expected of {this}");
        return this;
    }
}

/// <summary>A program for Windows as a process: a host.exe, or an application of the tests.</summary>
internal sealed class HostProgram(string path)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>The host under the JIT.</summary>
    public static HostProgram Jit { get; } = new(Material.Host);

    /// <summary>The host compiled by NativeAOT.</summary>
    public static HostProgram Native { get; } = new(Material.Native("host"));

    public static IReadOnlyList<HostProgram> Hosts { get; } = [Jit, Native];

    public string Path { get; } = path;

    public HostResult Run(params string[] arguments) => RunIn(System.IO.Path.GetTempPath(), arguments);

    public HostResult RunIn(string directory, params string[] arguments) => RunWith(directory, [], arguments);

    public HostResult RunWith(string directory, Dictionary<string, string> variables, params string[] arguments)
    {
        using Process process = Process.Start(StartInfo(directory, variables, arguments))!;
        process.StandardInput.Close();
        return WaitForEnd(process, process.StandardOutput.ReadToEndAsync());
    }

    public ProcessStartInfo StartInfo(string directory, Dictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(Path, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        start.Environment.Remove("NATIVE_PLUGINS_PATH");
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public static HostResult WaitForEnd(Process process, Task<string> output)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{System.IO.Path.GetFileName(process.StartInfo.FileName)} did not end within {s_limit.TotalSeconds} s");
        }

        return new HostResult(process.ExitCode, output.Result, error.Result);
    }
}
