using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace NativePlugins.Testing.Tests;

/// <summary>What a user sees of a run, as text. Stack frames are left out: a published plugin has no line numbers.</summary>
internal sealed class Behaviour
{
    private readonly StringBuilder _text = new();

    public void Printed(string output, string errorOutput) => Append($"output: {output}\nerror output: {errorOutput}");

    public void Ended(int status) => Append($"ended with {status}");

    public void Failed(int status, string type, string message, string detail) => Append($"failed with {status}: {type}: {message}\n{WithoutFrames(detail)}");

    public void Logged(LogLevel level, string category, string text) => Append($"log: {level} {category}: {WithoutFrames(text)}");

    public override string ToString() => _text.ToString();

    private static string WithoutFrames(string detail) =>
        string.Join('\n', detail.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => !line.TrimStart().StartsWith("at ", StringComparison.Ordinal)));

    private void Append(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
