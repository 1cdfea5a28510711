using System.Globalization;
using System.Text;

namespace NativePlugins.Cli;

/// <summary>The list for a terminal: columns as wide as their widest cell; red is what would not load.</summary>
internal static class ListingTable
{
    private const string Bold = "1";
    private const string Dim = "2";
    private const string Red = "31";

    public static string Format(IReadOnlyList<ListingRow> rows, bool isColored)
    {
        string[][] cells = [ListingRow.Headings, .. rows.Select(row => row.Cells)];
        int[] widths = [.. Enumerable.Range(0, ListingRow.Headings.Length).Select(column => cells.Max(row => Width(row[column])))];
        var text = new StringBuilder();
        AppendLine(text, ListingRow.Headings, widths, isColored ? Bold : null);
        foreach (ListingRow row in rows)
        {
            string? style = !row.IsLoadable ? Red : row.IsShadowed ? Dim : null;
            AppendLine(text, row.Cells, widths, isColored ? style : null);
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
