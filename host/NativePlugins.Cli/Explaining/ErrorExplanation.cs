using System.Globalization;
using System.Text;
using System.Text.Json;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Cli;

/// <summary><c>host explain</c>: what an error means and what to do.</summary>
internal static class ErrorExplanation
{
    private const int Width = 88;

    public static int Execute(string? code, HostTerminal terminal)
    {
        ErrorEntry[] entries = code is null ? ErrorCatalogue.All : [Find(code)];
        if (terminal.Settings.Json)
        {
            foreach (ErrorEntry entry in entries)
            {
                terminal.Output.Write(JsonLine.Write(writer => WriteMembers(writer, entry)));
            }
        }
        else
        {
            terminal.Write(code is null ? Table(entries) : Text(entries[0]));
        }

        return ExitCodes.Success;
    }

    internal static string Text(ErrorEntry entry)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{entry.Code}: {entry.Title}\n\n");
        AppendWrapped(text, ProgramName.In(entry.Explanation), "");
        text.Append("\nTo do: ");
        AppendWrapped(text, ProgramName.In(entry.Advice), "       ");
        return text.Append(CultureInfo.InvariantCulture, $"\nExit status: {entry.ExitCode}\n").ToString();
    }

    internal static string Table(IEnumerable<ErrorEntry> entries)
    {
        var text = new StringBuilder("CODE    EXIT  MEANING\n");
        foreach (ErrorEntry entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"{entry.Code,-7} {entry.ExitCode,4}  {entry.Title}\n");
        }

        return text.ToString();
    }

    private static ErrorEntry Find(string code) => ErrorCatalogue.Find(code) ?? throw CliErrors.Usage(
        $"there is no error {UntrustedText.Quote(code)}",
        "a code such as NP1001",
        null,
        EditDistance.FindNearest(code, ErrorCatalogue.All.Select(entry => entry.Code)) is string nearest
            ? $"Did you mean {nearest}? `host explain` lists all codes."
            : "`host explain` lists all codes.");

    private static void WriteMembers(Utf8JsonWriter writer, ErrorEntry entry)
    {
        writer.WriteString("code", entry.Code);
        writer.WriteString("title", entry.Title);
        writer.WriteString("explanation", entry.Explanation);
        writer.WriteString("advice", entry.Advice);
        writer.WriteNumber("exitCode", entry.ExitCode);
    }

    private static void AppendWrapped(StringBuilder text, string paragraph, string indent)
    {
        int column = indent.Length;
        foreach (string word in paragraph.Split(' '))
        {
            if (column > indent.Length && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(indent);
                column = indent.Length;
            }
            else if (column > indent.Length)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append('\n');
    }
}
