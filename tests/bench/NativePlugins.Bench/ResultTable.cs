using System.Globalization;
using System.Text;

namespace NativePlugins.Bench;

/// <summary>The rows as a plain-text table.</summary>
internal static class ResultTable
{
    private static readonly string[] s_titles = ["measured", "ours", "(range)", "peer", "(range)", "unit", "ratio", "goal", "peer is"];
    private static readonly bool[] s_isText = [true, false, false, false, false, true, false, true, true];

    public static string Format(IEnumerable<ResultRow> rows)
    {
        List<string[]> cells = [s_titles, .. rows.Select(Cells)];
        int[] widths = [.. s_titles.Select((_, column) => cells.Max(row => row[column].Length))];
        var table = new StringBuilder().AppendLine();
        foreach (string[] row in cells)
        {
            table.AppendLine(string.Join("  ", row.Select((cell, column) => s_isText[column] ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());
            if (row == s_titles)
            {
                table.AppendLine(string.Join("  ", widths.Select(width => new string('-', width))));
            }
        }

        return table.AppendLine().ToString();
    }

    private static string[] Cells(ResultRow row) =>
    [
        row.Name, Number(row.Ours), Range(row.OursRange), row.Peer is double peer ? Number(peer) : "", Range(row.PeerRange), row.Unit,
        row.Ratio is double ratio ? Number(ratio) + "×" : "", Goal(row), row.PeerName ?? "",
    ];

    private static string Goal(ResultRow row) => row.Goal switch
    {
        null => "",
        { Of: "ratio" } goal => string.Create(CultureInfo.InvariantCulture, $"≤ {goal.AtMost}×: {Verdict(goal)}"),
        { Of: "value" } goal => string.Create(CultureInfo.InvariantCulture, $"≤ {goal.AtMost} {row.Unit}: {Verdict(goal)}"),
        { Of: "difference" } goal => string.Create(CultureInfo.InvariantCulture, $"≤ {goal.AtMost} {row.Unit} more: {goal.Found:F2}, {Verdict(goal)}"),
        { } goal => PercentileGoal(goal, row.Unit),
    };

    private static string PercentileGoal(ResultGoal goal, string unit) => string.Create(
        CultureInfo.InvariantCulture, $"{goal.Of} ≤ {goal.AtMost} {unit}: {Number(goal.Found)}, {Verdict(goal)}");

    private static string Verdict(ResultGoal goal) => goal.IsMet ? "met" : "not met";

    private static string Range(ResultRange? range) => range is null ? "" : $"{Number(range.Min)}–{Number(range.Max)}";

    // About three significant digits, and at most three decimals.
    private static string Number(double value) =>
        value.ToString(Math.Abs(value) switch { >= 100 => "F0", >= 10 => "F1", >= 0.1 => "F2", _ => "F3" }, CultureInfo.InvariantCulture);
}
