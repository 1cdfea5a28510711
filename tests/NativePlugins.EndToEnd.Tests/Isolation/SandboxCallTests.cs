using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a plugin in a sandbox is kept from in C and in C#, each telling its own error, and the same where the options allow it.</summary>
public sealed class SandboxCallTests : IDisposable
{
    private const int Done = 0, NotPermitted = 1, AccessDenied = 13, NotThere = 38; // EPERM, EACCES, ENOSYS
    private const long NewUser = 0x10000000, Thread = 0x10000;
    private const string Program = "/bin/true";

    private readonly Scratch _scratch = new();
    private readonly PluginSandbox _sandbox = new();

    public static TheoryData<string> Languages => new("C", "C#");

    public void Dispose() => _scratch.Dispose();

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Calls_that_no_plugin_needs_are_refused_whatever_the_options_say(string language)
    {
        _sandbox.AllowNetwork = _sandbox.AllowTcp = _sandbox.AllowProcesses = true;
        SystemCall[] calls = [.. SystemCallTable.Refused.Where(call => NumberOf(call) is not null)];

        int[] found = Try(language, [.. calls.SelectMany(call => (string[])["call", $"{NumberOf(call)} {call.Arguments}".TrimEnd()])]);

        Assert.Equal(calls.Select(call => (call.Name, NotPermitted)), calls.Select((call, index) => (call.Name, found[index])));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Without_a_sandbox_those_that_everybody_may_make_are_not_refused(string language)
    {
        // Those that everybody may make, which do nothing with these arguments. Of the others the system refuses some itself.
        string[] names = ["ptrace", "personality", "setrlimit"];
        SystemCall[] calls = [.. SystemCallTable.Refused.Where(call => names.Contains(call.Name))];

        int[] found = TryIn(language, null, [.. calls.SelectMany(call => (string[])["call", $"{NumberOf(call)} {call.Arguments}".TrimEnd()])]);

        Assert.All(calls.Select((call, index) => (call.Name, found[index])), result => Assert.NotEqual(NotPermitted, result.Item2));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Processes_and_programs_are_refused(string language) => Assert.Equal(
        [NotPermitted, NotPermitted, NotPermitted, NotPermitted],
        Try(language, "spawn", Program, "call", $"{Number("clone")} 17", "call", $"{Number("execve")} 0", "call", $"{Number("execveat")} 0"));

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Processes_and_programs_can_be_allowed(string language)
    {
        _sandbox.AllowProcesses = true;
        _sandbox.ReadPaths.Add(Program);

        Assert.Equal([Done, 14], Try(language, "spawn", Program, "call", $"{Number("execve")} 0"));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Namespaces_are_refused_also_where_processes_are_allowed(string language)
    {
        _sandbox.AllowProcesses = true;

        Assert.Equal(
            [NotPermitted, NotPermitted, NotThere],
            Try(language, "call", $"{Number("clone")} {NewUser}", "call", $"{Number("clone")} {NewUser | Thread}", "call", $"{Number("clone3")} 0"));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Sockets_are_refused(string language)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.Equal(
            [NoSocket(language), NoSocket(language), NoSocket(language), NoSocket(language), NotPermitted, NotPermitted],
            Try(language, "connect", PortOf(listener), "listen", "", "udp", "", "unix", "", "call", $"{Number("socket")} 16 3 0", "call", $"{Number("socket")} 17 3 0"));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Tcp_can_be_allowed_alone(string language)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _sandbox.AllowTcp = true;

        Assert.Equal(
            [Done, Done, NoSocket(language), NoSocket(language), NotPermitted],
            Try(language, "connect", PortOf(listener), "listen", "", "udp", "", "unix", "", "call", $"{Number("socket")} 2 3 0"));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void The_network_can_be_allowed_without_raw_sockets(string language)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _sandbox.AllowNetwork = true;

        Assert.Equal(
            [Done, Done, Done, Done, NotPermitted, NotPermitted],
            Try(language, "connect", PortOf(listener), "listen", "", "udp", "", "unix", "", "call", $"{Number("socket")} 2 3 0", "call", $"{Number("socket")} 16 3 0"));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Input_is_not_put_into_a_terminal_and_limits_stay(string language) => Assert.Equal(
        [NotPermitted, NotPermitted, 25, NotPermitted, Done],
        Try(
            language, "call", $"{Number("ioctl")} 0 {0x5412}", "call", $"{Number("ioctl")} 0 {0x541C}", "call", $"{Number("ioctl")} 0 {0x5413}",
            "call", $"{Number("prlimit64")} 0 7 1", "call", $"{Number("prlimit64")} 0 7 0 0"));

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Files_are_refused_and_allowed(string language)
    {
        string file = Write("outside/file"), other = Write("allowed/file"), folder = _scratch.PathOf("allowed");
        _sandbox.WritePaths.Add(folder);

        Assert.Equal(
            [AccessDenied, AccessDenied, AccessDenied, AccessDenied, Done, Done, Done, Done, Done, Done],
            Try(
                language, "read", file, "write", file, "create", _scratch.PathOf("outside/new"), "delete", file,
                "read", other, "list", folder, "write", other, "create", Path.Combine(folder, "new"), "mkdir", Path.Combine(folder, "newer"), "delete", other));
        Assert.True(File.Exists(file));
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Without_a_sandbox_all_of_it_works(string language)
    {
        string file = Write("outside/file");

        Assert.Equal([Done, Done, Done, Done, Done, Done], TryIn(language, null, "read", file, "write", file, "spawn", Program, "listen", "", "udp", "", "unix", ""));
    }

    /// <summary>The classes of .NET for sockets tell EPERM as EACCES.</summary>
    private static int NoSocket(string language) => language == "C" ? NotPermitted : AccessDenied;

    private string Write(string name)
    {
        _scratch.Folder(Path.GetDirectoryName(name)!);
        return _scratch.Write(name, "text");
    }

    private static string PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    private static int Number(string name) => NumberOf(SystemCallTable.Judged.Single(call => call.Name == name))!.Value;

    private static int? NumberOf(SystemCall call) => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? call.Arm64 : call.X64;

    private int[] Try(string language, params string[] arguments) => TryIn(language, _sandbox, arguments);

    private int[] TryIn(string language, PluginSandbox? sandbox, params string[] arguments)
    {
        var options = new PluginHostOptions();
        options.Worker.Sandbox = sandbox;
        using PluginHost host = Isolated.Host(options);
        string folder = _scratch.Folder("plugin"), library = language == "C" ? NativeFixtures.PathOf("forbidden") : Repository.Confined;
        var output = new StringWriter();
        host.Load(_scratch.Copy(library, Path.Combine(folder, Path.GetFileName(library)))).RunCommand(language == "C" ? arguments : ["try", .. arguments], output, TextWriter.Null);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }
}
