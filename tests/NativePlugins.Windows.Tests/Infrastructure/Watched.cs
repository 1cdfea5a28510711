using System.Diagnostics;
using System.Text.Json;

namespace NativePlugins.Windows.Tests;

/// <summary><c>host watch --json</c> over what a test writes; ended with the test.</summary>
internal sealed class Watched : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly List<JsonElement> _events = [];

    public Watched(HostProgram host, params string[] arguments)
    {
        _process = Process.Start(host.StartInfo(Path.GetTempPath(), [], ["watch", "--json", .. arguments]))!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits for an event of a generation.</summary>
    public JsonElement WaitFor(string name, int generation)
    {
        while (true)
        {
            foreach (JsonElement seen in _events)
            {
                if (seen.GetProperty("event").GetString() == name && seen.GetProperty("generation").GetInt32() == generation)
                {
                    return seen;
                }
            }

            Task<string?> line = _process.StandardOutput.ReadLineAsync();
            Assert.True(line.Wait(s_limit), $"no event {name} of generation {generation}; there were: {string.Join('\n', _events)}");
            Assert.True(line.Result is not null, $"host watch has ended; there were: {string.Join('\n', _events)}");
            _events.Add(JsonDocument.Parse(line.Result!).RootElement);
        }
    }

    /// <summary>Waits until the command of a generation has ended well, and returns what it printed.</summary>
    public string WaitForRun(int generation)
    {
        JsonElement ran = WaitFor("ran", generation);
        Assert.True(ran.TryGetProperty("status", out JsonElement status) && status.GetInt32() == 0, $"{ran}");
        return ran.GetProperty("output").GetString()!;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
