using System.Globalization;
using System.Security;
using System.Text;

namespace NativePlugins.Build;

/// <summary>Draws what a program wrote to a terminal as SVG: the colours of SGR (ECMA-48), long lines broken as a terminal breaks them.</summary>
internal static class TerminalPicture
{
    private const int Columns = 118;
    private const int LineHeight = 18;
    private const double CharacterWidth = 7.85;
    private const int Margin = 16;

    public static string Draw(string command, string output)
    {
        List<string> lines = [Span("2", "$ ") + Span("1", command), .. output.TrimEnd('\n').Split('\n').SelectMany(Break)];
        int width = (int)(Columns * CharacterWidth) + (2 * Margin);
        int height = (lines.Count * LineHeight) + (2 * Margin);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
            <rect width="100%" height="100%" rx="8" fill="#161b22"/>

            """);
        for (int i = 0; i < lines.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{Margin + ((i + 1) * LineHeight) - 5}\" fill=\"#c9d1d9\" xml:space=\"preserve\">{lines[i]}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>One line of output as the lines that it takes, each with its colours.</summary>
    private static IEnumerable<string> Break(string line)
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

            if (column == Columns)
            {
                Flush();
                yield return text.ToString();
                text.Clear();
                column = 0;
            }

            run.Append(line[i]);
            column++;
        }

        Flush();
        yield return text.ToString();

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
