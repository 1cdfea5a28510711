using System.Globalization;
using System.Text;

namespace NativePlugins.Cli;

/// <summary>A list for a terminal: columns as wide as their widest cell.</summary>
internal static class ListingTable
{
    public const string Dim = "2";
    public const string Red = "31";

    private const string Bold = "1";

    /// <summary>The style of a row is an escape sequence's number, or null.</summary>
    public static string Format(string[] headings, IReadOnlyList<string[]> rows, Func<int, string?> style, bool isColored)
    {
        string[][] cells = [headings, .. rows];
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => cells.Max(row => Width(row[column])))];
        var text = new StringBuilder();
        AppendLine(text, headings, widths, isColored ? Bold : null);
        for (int i = 0; i < rows.Count; i++)
        {
            AppendLine(text, rows[i], widths, isColored ? style(i) : null);
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string[] cells, int[] widths, string? style)
    {
        text.Append(style is null ? "" : $"\u001b[{style}m");
        for (int i = 0; i < cells.Length - 1; i++)
        {
            text.Append(cells[i]).Append(' ', widths[i] - Width(cells[i]) + 2);
        }

        text.Append(cells[^1]).Append(style is null ? "\n" : "\u001b[0m\n");
    }

    private static int Width(string cell) => new StringInfo(cell).LengthInTextElements;
}
