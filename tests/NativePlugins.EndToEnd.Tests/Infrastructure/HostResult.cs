using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What a child process left behind.</summary>
/// <param name="CommandLine">For messages.</param>
/// <param name="Ended">"exit N", or "signal N".</param>
/// <param name="OutputBytes">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record HostResult(string CommandLine, string Ended, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>The exit status; fails if a signal ended the process.</summary>
    public int ExitCode
    {
        get
        {
            Assert.True(Ended.StartsWith("exit ", StringComparison.Ordinal), $"a signal ended the process: {this}");
            return int.Parse(Ended.AsSpan("exit ".Length), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Asserts the exit status and shows everything if it is another.</summary>
    public HostResult Exits(int status)
    {
        Assert.True(Ended == $"exit {status}", $"exit {status} was expected of {this}");
        return this;
    }

    /// <summary>The error object that --json leaves on standard error.</summary>
    public JsonElement ErrorObject => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Single(line => line.TryGetProperty("error", out _))
        .GetProperty("error");

    public override string ToString() =>
        $"{CommandLine}\n{Ended}\n--- standard output\n{Cut(Output)}\n--- standard error\n{Cut(Error)}";

    private static string Cut(string text) => text.Length <= 4000 ? text : $"{text[..4000]}…";
}
