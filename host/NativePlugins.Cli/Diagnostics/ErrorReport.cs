using System.Text;
using System.Text.Json;
using NativePlugins.Binary.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>What is reported about one error, whatever threw it. All text but that of <see cref="Remote"/> is escaped.</summary>
internal sealed record ErrorReport(string Code, int ExitCode, string Title, string Summary)
{
    public string? Expected { get; init; }

    public string? Found { get; init; }

    public required string Advice { get; init; }

    /// <summary>What the plugin itself reported: untrusted, as it came.</summary>
    public PluginRemoteError? Remote { get; init; }

    /// <summary>Shown with --verbose only.</summary>
    public string? Details { get; init; }

    public static ErrorReport From(PluginException e) => new(e.Code, e.Error.ExitCode, e.Error.Title, e.Summary)
    {
        Expected = e.Expected,
        Found = e.Found,
        Advice = e.Advice,
        Remote = e.Remote,
    };

    public static ErrorReport From(ErrorEntry entry, string summary) => new(entry.Code, entry.ExitCode, entry.Title, summary)
    {
        Advice = entry.Advice,
    };

    /// <summary>Whatever was thrown.</summary>
    public static ErrorReport FromAny(Exception e) => e switch
    {
        PluginException plugin => From(plugin),
        CliException own => own.Report,
        _ => CliErrors.Unexpected(e),
    };

    public string ToText(bool isVerbose, bool isColored) =>
        ToText(isColored ? $"\u001b[1;31m{Product.Name}:\u001b[0m" : $"{Product.Name}:", isVerbose);

    /// <param name="head">What the first line begins with.</param>
    /// <param name="isVerbose">Whether with the trace, if there is one.</param>
    public string ToText(string head, bool isVerbose)
    {
        StringBuilder text = new StringBuilder(head).Append(' ').Append(Code).Append(": ").Append(Summary);
        AppendLine(text, "  expected: ", Expected);
        AppendLine(text, "  found:    ", Found);
        AppendLine(text, "  to do:    ", ProgramName.In(Advice));
        if (isVerbose)
        {
            AppendLine(text, "  trace:    ", Trace);
        }

        AppendLine(text, "  more:     ", $"{Product.Name} explain {Code}");
        return text.Append('\n').ToString();
    }

    public void WriteAsMember(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteString("code", Code);
        writer.WriteString("title", Title);
        writer.WriteString("message", Summary);
        writer.WriteString("expected", Expected);
        writer.WriteString("found", Found);
        writer.WriteString("advice", Advice);
        writer.WriteNumber("exitCode", ExitCode);
        if (Remote is not null)
        {
            writer.WriteStartObject("remote");
            writer.WriteString("type", Remote.Type);
            writer.WriteString("message", Remote.Message);
            writer.WriteString("stackTrace", Remote.StackTrace);
            writer.WriteNumber("status", Remote.Status);
            writer.WriteEndObject();
        }

        if (Details is not null)
        {
            writer.WriteString("details", Details);
        }

        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="WriteAsMember"/> wrote in another process.</summary>
    public static ErrorReport Read(JsonElement error) =>
        new(Text(error, "code") ?? "", error.GetProperty("exitCode").GetInt32(), Text(error, "title") ?? "", Text(error, "message") ?? "")
        {
            Expected = Text(error, "expected"),
            Found = Text(error, "found"),
            Advice = Text(error, "advice") ?? "",
            Details = Text(error, "details"),
            Remote = error.TryGetProperty("remote", out JsonElement remote)
                ? new PluginRemoteError(
                    remote.GetProperty("status").GetInt32(), Text(remote, "type") ?? "", Text(remote, "message") ?? "",
                    Text(remote, "stackTrace") ?? "")
                : null,
        };

    private string? Trace => Remote is { StackTrace.Length: > 0 }
        ? UntrustedText.Escape(Remote.StackTrace, multiline: true, maxLength: 16 * 1024)
        : Details;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static void AppendLine(StringBuilder text, string label, string? value)
    {
        if (value is not null)
        {
            text.Append('\n').Append(label).Append(value.ReplaceLineEndings("\n            "));
        }
    }
}
