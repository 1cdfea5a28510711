using System.Text;
using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>Something that who looks after an installation should know.</summary>
/// <param name="Subject">The plugin's id, or a path, or what else it is about. Untrusted text.</param>
/// <param name="Report">What it is.</param>
/// <param name="IsProblem">Whether something does not work, or is not as it should be; otherwise it is a hint.</param>
/// <param name="Command">The command that mends it, or looks closer; null if there is none.</param>
internal sealed record Finding(string Subject, ErrorReport Report, bool IsProblem, string? Command = null)
{
    public static Finding Problem(string subject, PluginException e, string? command = null) => new(subject, ErrorReport.From(e), IsProblem: true, command);

    public static Finding Hint(string subject, PluginException e) => new(subject, ErrorReport.From(e), IsProblem: false);

    private string Severity => IsProblem ? "problem" : "hint";

    public string ToText(bool isVerbose, bool isColored)
    {
        string head = isColored ? $"\u001b[1;{(IsProblem ? 31 : 33)}m{Severity}:\u001b[0m" : $"{Severity}:";
        var text = new StringBuilder(Report.ToText(head, isVerbose));
        if (Command is not null)
        {
            text.Append($"  command:  {Product.Name} {Command}\n");
        }

        return text.ToString();
    }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("severity", Severity);
        writer.WriteString("subject", Subject);
        writer.WriteString("command", Command is null ? null : $"{Product.Name} {Command}");
        Report.WriteAsMember(writer, "error");
    }
}
