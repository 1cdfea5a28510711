using System.Text;

namespace ImageTool;

/// <summary>Columns of text; those that begin with a digit everywhere stand to the right.</summary>
internal static class Table
{
    public static string Of(string[] header, IEnumerable<string[]> rows)
    {
        List<string[]> all = [header, .. rows];
        int[] widths = [.. header.Select((_, column) => all.Max(row => row[column].Length))];
        bool[] numbers = [.. header.Select((_, column) => all.Skip(1).All(row => char.IsAsciiDigit(row[column].FirstOrDefault())))];
        var text = new StringBuilder();
        foreach (string[] row in all)
        {
            IEnumerable<string> cells = row.Select((cell, i) => numbers[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
