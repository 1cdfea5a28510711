using System.Security;
using System.Text;

namespace NativePlugins.Build;

/// <summary>What a program wrote to a terminal as lines of SVG: the colours of SGR (ECMA-48), long lines broken as a terminal breaks them.</summary>
internal static class TerminalText
{
    public const int LineHeight = 18;
    public const double CharacterWidth = 7.85;
    public const int Margin = 16;
    public const string Font = "font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\"";
    public const string Background = "#161b22";
    public const string Foreground = "#c9d1d9";

    public const string Prompt = "$ ";

    /// <summary>A command behind its prompt.</summary>
    public static TerminalLine Command(string command) => new(Span("2", Prompt) + Span("1", command), Prompt.Length + command.Length);

    /// <summary>What is said about what follows.</summary>
    public static TerminalLine Comment(string text) => new(Span("32", text), text.Length);

    /// <summary>The lines that the output takes on a terminal of so many columns.</summary>
    public static IEnumerable<TerminalLine> Lines(string output, int columns) => output.TrimEnd('\n').Split('\n').SelectMany(line => Break(line, columns));

    /// <summary>One line of output as the lines that it takes, each with its colours.</summary>
    private static IEnumerable<TerminalLine> Break(string line, int columns)
    {
        var text = new StringBuilder();
        var run = new StringBuilder();
        string style = "0";
        int column = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\u001b' && line.IndexOf('m', i) is >= 0 and int end)
            {
                Flush();
                style = line[(i + 2)..end];
                i = end;
                continue;
            }

            if (column == columns)
            {
                Flush();
                yield return new(text.ToString(), column);
                text.Clear();
                column = 0;
            }

            run.Append(line[i]);
            column++;
        }

        Flush();
        yield return new(text.ToString(), column);

        void Flush()
        {
            text.Append(Span(style, run.ToString()));
            run.Clear();
        }
    }

    private static string Span(string style, string text)
    {
        string look = style switch
        {
            "1" => " font-weight=\"bold\" fill=\"#f0f6fc\"",
            "2" => " fill=\"#8b949e\"",
            "32" => " fill=\"#3fb950\"",
            "33" => " fill=\"#d29922\"",
            "1;31" => " font-weight=\"bold\" fill=\"#ff7b72\"",
            _ => "",
        };
        string escaped = SecurityElement.Escape(text);
        return text.Length == 0 ? "" : look.Length == 0 ? escaped : $"<tspan{look}>{escaped}</tspan>";
    }
}
