using System.Text;

namespace NativePlugins.Cli;

/// <summary>The list for a pipe: a line of headings, then a row a line, fields parted by tabs.</summary>
internal static class ListingText
{
    public static string Format(string[] headings, IReadOnlyList<string[]> rows)
    {
        var text = new StringBuilder().AppendJoin('\t', headings).Append('\n');
        foreach (string[] row in rows)
        {
            text.AppendJoin('\t', row).Append('\n');
        }

        return text.ToString();
    }
}
