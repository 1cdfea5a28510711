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

/// <summary>host.exe as a process.</summary>
internal static class HostProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static HostResult Run(params string[] arguments) => RunIn(Path.GetTempPath(), arguments);

    public static HostResult RunIn(string directory, params string[] arguments) => RunWith(directory, [], arguments);

    public static HostResult RunWith(string directory, Dictionary<string, string> variables, params string[] arguments)
    {
        using Process process = Process.Start(StartInfo(directory, variables, arguments))!;
        process.StandardInput.Close();
        return WaitForEnd(process, process.StandardOutput.ReadToEndAsync());
    }

    public static ProcessStartInfo StartInfo(string directory, Dictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(Material.Host, arguments)
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
            Assert.Fail($"host did not end within {s_limit.TotalSeconds} s");
        }

        return new HostResult(process.ExitCode, output.Result, error.Result);
    }
}
