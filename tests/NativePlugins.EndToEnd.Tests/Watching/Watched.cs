using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary><c>host watch --json</c> over what a test writes.</summary>
internal sealed class Watched : IDisposable
{
    private readonly HostProcess _host;

    /// <param name="environment">The host's.</param>
    /// <param name="arguments">What follows <c>watch --json</c>.</param>
    public Watched(HostEnvironment environment, params string[] arguments)
        : this(HostProcess.Start(Repository.Host, environment, ["watch", "--json", .. arguments]))
    {
    }

    private Watched(HostProcess host) => _host = host;

    /// <summary>The host's process.</summary>
    public int Id => _host.Id;

    /// <summary>The same by the .NET tool, which runs under the JIT.</summary>
    public static Watched ByTool(HostEnvironment environment, params string[] arguments) =>
        new(HostProcess.Start(Environment.ProcessPath!, environment, ["exec", Repository.Tool, "watch", "--json", .. arguments]));

    /// <summary>Waits until it runs a program, itself or by another one, and returns that one's number.</summary>
    /// <param name="words">Of the program's command line.</param>
    public int WaitForProcess(string words)
    {
        long limit = Environment.TickCount64 + 60_000;
        while (true)
        {
            if (ProcessTable.DescendantsOf(Id).FirstOrDefault(id => ProcessTable.CommandLineOf(id).StartsWith($"dotnet {words}", StringComparison.Ordinal)) is > 0 and int found)
            {
                return found;
            }

            Assert.True(Environment.TickCount64 < limit, $"there is no process {words}");
            Thread.Sleep(1);
        }
    }

    public void Signal(string name) => _host.Signal(name);

    /// <summary>Waits for an event of a generation.</summary>
    public JsonElement WaitFor(string name, int generation) =>
        JsonDocument.Parse(_host.WaitForLine($$"""{"event":"{{name}}","generation":{{generation}},""")).RootElement;

    /// <summary>Waits until the command of a generation has ended well, and returns what it printed.</summary>
    public string WaitForRun(int generation)
    {
        JsonElement ran = WaitFor("ran", generation);
        Assert.True(ran.TryGetProperty("status", out JsonElement status) && status.GetInt32() == 0, $"{ran}");
        return ran.GetProperty("output").GetString()!;
    }

    /// <summary>Waits until it has written this.</summary>
    public void WaitForText(string text) => _host.WaitForOutput(text);

    /// <summary>Ends it with Ctrl-C.</summary>
    public HostResult Interrupt()
    {
        _host.Signal("INT");
        return _host.WaitForEnd();
    }

    /// <summary>Ends it with Ctrl-C, and returns all its events.</summary>
    public IReadOnlyList<JsonElement> End()
    {
        _host.Signal("INT");
        HostResult result = _host.WaitForEnd().Exits(130);
        Assert.Equal("", result.Error);
        return [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public void Dispose() => _host.Dispose();
}
