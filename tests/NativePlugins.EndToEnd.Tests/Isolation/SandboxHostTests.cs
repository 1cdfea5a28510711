using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>A sandbox by the options of the published host, and by its configuration.</summary>
public sealed class SandboxHostTests : IDisposable
{
    private const string Program = "/bin/true";

    private readonly Scratch _scratch = new();

    public static TheoryData<string> Languages => new("C", "C#");

    public void Dispose() => _scratch.Dispose();

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Nothing_is_allowed_that_no_option_names(string language)
    {
        string file = _scratch.Write("file", "text");

        Assert.Equal($"13 1 {NoSocket(language)}", Run(language, ["--sandbox"], "read", file, "spawn", Program, "udp", ""));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Each_option_allows_what_it_names(string language)
    {
        string read = _scratch.Write("read", "text"), written = _scratch.Write("written", "text");

        Assert.Equal("0 13", Run(language, ["--allow-read", read], "read", read, "write", read));
        Assert.Equal("0 0", Run(language, ["--allow-write", written], "read", written, "write", written));
        Assert.Equal("0 0 1", Run(language, ["--sandbox", "--allow-network"], "udp", "", "unix", "", "spawn", Program));
        Assert.Equal($"0 {NoSocket(language)}", Run(language, ["--allow-processes", "--allow-read", Program], "spawn", Program, "udp", ""));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void The_configuration_of_a_plugin_allows_it_too(string language)
    {
        string read = _scratch.Write("read", "text"), written = _scratch.Write("written", "text");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        Assert.Equal(
            $"0 0 13 0 {NoSocket(language)}",
            Run(
                language,
                ["--isolate", "--set", $"Worker:Sandbox:ReadPaths:0={read}", "--set", $"worker:sandbox:writepaths:0={written}", "--set", "Worker:Sandbox:AllowTcp=true"],
                "read", read, "write", written, "write", read, "connect", port, "udp", ""));
    }

    [SandboxFact]
    public void A_setting_that_would_run_the_plugin_in_the_hosts_process_does_not_count() =>
        Assert.Equal("1", Run("C", ["--sandbox", "--set", "Isolation=InProcess"], "udp", ""));

    [Theory]
    [InlineData("Worker:Sandbox:AllowTcp=perhaps", "expected: true or false")]
    [InlineData("Worker:Sandbox:ReadPaths:0=", "expected: a path")]
    [InlineData("Worker:Sandbox:AllowAll=true", "expected: one of ReadPaths, WritePaths, AllowData, AllowTcp, AllowNetwork, AllowProcesses, Required")]
    public void A_setting_that_cannot_be_followed_is_refused(string setting, string expected)
    {
        HostResult result = HostProcess.Run("--isolate", "--set", setting, NativeFixtures.PathOf("forbidden")).Exits(78);

        Assert.Contains("host: NP6002: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [SandboxTheory]
    [InlineData(null, "0")]
    [InlineData("Worker:Sandbox:AllowData=false", "13")]
    public void Its_data_directory_is_the_plugins_unless_that_is_not_allowed(string? setting, string found)
    {
        string data = _scratch.Folder("data"), directory = Path.Combine(data, "native-plugins", "forbidden"), file = Path.Combine(directory, "file");
        Directory.CreateDirectory(setting is null ? data : directory);
        string[] options = ["--sandbox", .. setting is null ? (string[])[] : ["--set", setting], NativeFixtures.PathOf("forbidden"), "create", file];

        HostResult result = HostProcess.RunIn(new HostEnvironment { Variables = { ["XDG_DATA_HOME"] = data } }, options).Exits(0);

        Assert.Equal(found, result.Output.Trim());
    }

    [SandboxTheory]
    [InlineData("C")]
    [InlineData("C#")]
    public void Limits_hold_in_a_sandbox_and_a_crash_is_told_as_without(string language)
    {
        string[] command = language == "C" ? [NativeFixtures.PathOf("greedy"), "spin"] : [Repository.Confined, "take", "spin"];

        HostResult result = HostProcess.Run(["--sandbox", "--set", "Worker:Limits:ProcessorTime=00:00:01", .. command]).Exits(70);

        Assert.Contains("1 s were allowed (PluginLimits.ProcessorTime)", result.Error, StringComparison.Ordinal);
    }

    /// <summary>EPERM, which the classes of .NET tell as EACCES.</summary>
    private static int NoSocket(string language) => language == "C" ? 1 : 13;

    /// <summary>What the plugin says of each of its attempts, in one line.</summary>
    private static string Run(string language, string[] options, params string[] actions)
    {
        string[] command = language == "C" ? [NativeFixtures.PathOf("forbidden"), .. actions] : [Repository.Confined, "try", .. actions];
        return HostProcess.Run([.. options, .. command]).Exits(0).Output.Trim().ReplaceLineEndings(" ");
    }
}
