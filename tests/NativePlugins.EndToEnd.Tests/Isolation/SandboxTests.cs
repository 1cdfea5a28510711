using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a plugin in a sandbox is kept from, tried by tests/fixtures/forbidden.c, and what it may do where the options say so.</summary>
public sealed class SandboxTests : IDisposable
{
    private const int Done = 0, NotPermitted = 1, AccessDenied = 13;

    private readonly Scratch _scratch = new();
    private readonly PluginSandbox _sandbox = new();

    public void Dispose() => _scratch.Dispose();

    [SandboxFact]
    public void Files_outside_are_neither_read_nor_changed()
    {
        string file = Write("outside/file", "text"), folder = Path.GetDirectoryName(file)!;

        Assert.Equal(
            Enumerable.Repeat(AccessDenied, 8),
            Try("read", file, "list", folder, "write", file, "truncate", file, "rename", file, "delete", file, "create", Path.Combine(folder, "new"), "mkdir", Path.Combine(folder, "newer")));
        Assert.Equal("text", File.ReadAllText(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder));
    }

    [SandboxFact]
    public void A_path_to_read_is_read_with_all_below_it_and_not_written()
    {
        string file = Write("outside/deeper/file", "text"), folder = _scratch.PathOf("outside");
        _sandbox.ReadPaths.Add(folder);

        Assert.Equal([Done, Done, AccessDenied, AccessDenied], Try("read", file, "list", folder, "write", file, "delete", file));
    }

    [SandboxFact]
    public void A_path_to_write_is_changed_with_all_below_it()
    {
        string file = Write("outside/file", "text"), folder = Path.GetDirectoryName(file)!, made = Path.Combine(folder, "new");
        _sandbox.WritePaths.Add(folder);

        Assert.Equal(
            Enumerable.Repeat(Done, 7),
            Try("read", file, "write", file, "truncate", file, "create", made, "delete", made, "rename", file, "mkdir", Path.Combine(folder, "newer")));
    }

    [SandboxFact]
    public void One_file_can_be_named()
    {
        string file = Write("outside/file", "text"), other = Write("outside/other", "text");
        _sandbox.WritePaths.Add(file);

        Assert.Equal([Done, Done, AccessDenied], Try("write", file, "read", file, "read", other));
    }

    [SandboxFact]
    public void No_program_is_executed() => Assert.Equal([NotPermitted], Try("execute", "/bin/sh"));

    [SandboxFact]
    public void Where_processes_are_allowed_a_program_outside_is_not_executed()
    {
        _sandbox.AllowProcesses = true;

        Assert.Equal([AccessDenied], Try("execute", "/bin/sh"));
    }

    [SandboxFact]
    public void A_process_that_it_starts_is_held_to_the_same()
    {
        string file = Write("outside/file", "text");
        _sandbox.AllowProcesses = true;

        Assert.Equal([AccessDenied], Try("child", file));
    }

    [SandboxFact]
    public void The_application_gets_no_signal_and_is_not_looked_into() =>
        Assert.Equal(
            [NotPermitted, NotPermitted, AccessDenied, AccessDenied, AccessDenied],
            Try("signal", "", "attach", "", "parent", "environ", "parent", "mem", "parent", "cmdline"));

    [SandboxFact]
    public void Tcp_is_refused() => Assert.Equal([NotPermitted, NotPermitted], TryTcp());

    [SandboxFact]
    public void Tcp_can_be_allowed()
    {
        _sandbox.AllowTcp = true;

        Assert.Equal([Done, Done], TryTcp());
    }

    [SandboxFact]
    public void Without_a_sandbox_all_of_it_works()
    {
        string file = Write("outside/file", "text");

        Assert.Equal([Done, Done, Done, Done, Done], TryIn(null, "read", file, "write", file, "child", file, "signal", "", "parent", "cmdline"));
    }

    [SandboxFact]
    public void A_worker_in_it_looks_like_any_other_and_can_gain_no_rights()
    {
        using PluginHost host = HostWith(_sandbox);
        host.Load(_scratch.Fixture("forbidden", "libsandboxed.so"));

        int worker = Isolated.WorkersOf(Environment.ProcessId, "sandboxed").Single();

        Assert.Equal("1", ProcessTable.StatusOf(worker, "NoNewPrivs"));
    }

    [SandboxFact]
    public void A_path_that_is_not_there_is_refused()
    {
        _sandbox.ReadPaths.Add(_scratch.PathOf("nowhere"));

        Assert.Equal($"'{_scratch.PathOf("nowhere")}'", Assert.Throws<PluginSandboxException>(() => Try()).Found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_core_dump_is_written_only_where_that_is_allowed(bool isAllowed)
    {
        var options = new PluginHostOptions();
        options.Worker.AllowCoreDump = isAllowed;
        using PluginHost host = Isolated.Host(options);
        string name = isAllowed ? "dumping" : "dumpless";
        host.Load(_scratch.Fixture("echo", $"lib{name}.so"));

        string[] limits = LimitsOfCore(Isolated.WorkersOf(Environment.ProcessId, name).Single());

        if (isAllowed)
        {
            Assert.Equal(LimitsOfCore(Environment.ProcessId), limits);
            return;
        }

        Assert.All(limits, limit => Assert.InRange(long.Parse(limit, CultureInfo.InvariantCulture), 0, 1));
    }

    private string Write(string name, string text)
    {
        _scratch.Folder(Path.GetDirectoryName(name)!);
        return _scratch.Write(name, text);
    }

    private static string[] LimitsOfCore(int process) =>
        File.ReadLines($"/proc/{process}/limits").Single(line => line.StartsWith("Max core", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4..6];

    private static PluginHost HostWith(PluginSandbox? sandbox)
    {
        var options = new PluginHostOptions();
        options.Worker.Sandbox = sandbox;
        return Isolated.Host(options);
    }

    private int[] TryTcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Try("connect", ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture), "listen", "");
    }

    private int[] Try(params string[] arguments) => TryIn(_sandbox, arguments);

    /// <summary>Does what the arguments say in a plugin, and returns errno of each.</summary>
    private int[] TryIn(PluginSandbox? sandbox, params string[] arguments)
    {
        using PluginHost host = HostWith(sandbox);
        string plugin = _scratch.Fixture("forbidden");
        string folder = _scratch.Folder("plugin");
        File.Move(plugin, Path.Combine(folder, Path.GetFileName(plugin)));
        var output = new StringWriter();
        host.Load(Path.Combine(folder, Path.GetFileName(plugin))).RunCommand(arguments, output, TextWriter.Null);
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }
}
