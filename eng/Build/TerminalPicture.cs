using System.Globalization;
using System.Text;

namespace NativePlugins.Build;

/// <summary>Draws what a program wrote to a terminal as SVG.</summary>
internal static class TerminalPicture
{
    private const int Columns = 118;

    public static string Draw(string command, string output)
    {
        List<TerminalLine> lines = [TerminalText.Command(command), .. TerminalText.Lines(output, Columns)];
        int width = (int)(Columns * TerminalText.CharacterWidth) + (2 * TerminalText.Margin);
        int height = (lines.Count * TerminalText.LineHeight) + (2 * TerminalText.Margin);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" {TerminalText.Font}>
            <rect width="100%" height="100%" rx="8" fill="{TerminalText.Background}"/>

            """);
        for (int i = 0; i < lines.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{TerminalText.Margin}\" y=\"{TerminalText.Margin + ((i + 1) * TerminalText.LineHeight) - 5}\" fill=\"{TerminalText.Foreground}\" xml:space=\"preserve\">{lines[i].Markup}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
