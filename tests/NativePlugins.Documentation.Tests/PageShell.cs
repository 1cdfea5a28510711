using System.Diagnostics;

namespace NativePlugins.Documentation.Tests;

/// <summary>A POSIX shell that remembers its directory from block to block, and has nothing in its environment that a reader lacks.</summary>
internal sealed class PageShell
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(20);

    private readonly string _root;

    public PageShell(string root, string directory)
    {
        _root = root;
        Directory = directory;
        Home = System.IO.Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
    }

    public string Directory { get; private set; }

    private string Home { get; }

    /// <summary>Runs commands until one fails, and returns everything that they print.</summary>
    public (int Status, string Output) Run(string commands)
    {
        string script = Path.Combine(_root, "commands.sh");
        string last = Path.Combine(_root, "directory");
        File.WriteAllText(script, $"set -eu\numask 022\nexec 2>&1\n{commands}\npwd > '{last}'\n");
        var start = new ProcessStartInfo("sh", [script])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        SetEnvironment(start);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"This did not end within {s_limit.TotalMinutes} minutes:\n{commands}");
        }

        if (process.ExitCode == 0)
        {
            Directory = File.ReadAllText(last).TrimEnd('\n');
        }

        return (process.ExitCode, output.Result);
    }

    private void SetEnvironment(ProcessStartInfo start)
    {
        string userHome = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Dictionary<string, string?> kept = start.Environment.Where(variable => IsOfTheNetwork(variable.Key)).ToDictionary();
        start.Environment.Clear();
        foreach ((string name, string? value) in kept)
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = string.Join(
            Path.PathSeparator, Path.GetDirectoryName(Environment.ProcessPath!), Environment.GetEnvironmentVariable("PATH"), Path.Combine(Home, ".dotnet/tools"));
        start.Environment["HOME"] = Home;
        start.Environment["RUSTUP_HOME"] = Environment.GetEnvironmentVariable("RUSTUP_HOME") ?? Path.Combine(userHome, ".rustup");
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";

        // What is packed here is restored anew; what everybody else has published need not be fetched again for each page.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_root, "packages");
        start.Environment["NUGET_FALLBACK_PACKAGES"] =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(userHome, ".nuget", "packages");
    }

    private static bool IsOfTheNetwork(string variable) =>
        variable.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)
        || variable.StartsWith("SSL_CERT_", StringComparison.Ordinal)
        || variable.StartsWith("NUGET_CERT_", StringComparison.Ordinal);
}
