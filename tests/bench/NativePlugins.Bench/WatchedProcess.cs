using System.Diagnostics;
using System.Text.Json;

namespace NativePlugins.Bench;

/// <summary><c>host watch --json</c>, and its events one after the other.</summary>
internal sealed class WatchedProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public WatchedProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits for the next event of a name.</summary>
    /// <exception cref="InvalidOperationException">The plugin did not build or load, or the process has ended.</exception>
    public JsonElement Next(string name)
    {
        while (_process.StandardOutput.ReadLine() is string line)
        {
            JsonElement found = JsonDocument.Parse(line).RootElement;
            string? kind = found.GetProperty("event").GetString();
            if (kind == name)
            {
                return found;
            }

            if (kind == "reload_failed")
            {
                throw new InvalidOperationException($"The edited plugin did not build or load: {line}");
            }
        }

        throw new InvalidOperationException($"host watch ended: {_errors.Result}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
