using System.Text;

namespace NativePlugins.Cli;

/// <summary>The list for a pipe: a line of headings, then a plugin a line, fields parted by tabs.</summary>
internal static class ListingText
{
    public static string Format(IReadOnlyList<ListingRow> rows)
    {
        var text = new StringBuilder().AppendJoin('\t', ListingRow.Headings).Append('\n');
        foreach (ListingRow row in rows)
        {
            text.AppendJoin('\t', row.Cells).Append('\n');
        }

        return text.ToString();
    }
}
