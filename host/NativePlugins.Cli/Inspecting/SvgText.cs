using System.Globalization;
using System.Security;
using System.Text;

namespace NativePlugins.Cli;

/// <summary>A dependency picture as SVG: a column for each number of steps from the files that were inspected.</summary>
internal static class SvgText
{
    private const int BoxHeight = 28;
    private const int RowHeight = 44;
    private const int ColumnGap = 80;
    private const int Margin = 20;
    private const double CharacterWidth = 7.4;

    public static string Format(DependencyGraph graph)
    {
        Box[] boxes = Place(graph);
        bool hasWayRound = graph.Edges.Any(edge => boxes[edge.To].X <= boxes[edge.From].X);
        int width = boxes.Length == 0 ? Margin : boxes.Max(box => box.Right) + Margin + (hasWayRound ? ColumnGap / 2 : 0);
        int height = boxes.Length == 0 ? Margin : boxes.Max(box => box.Y) + BoxHeight + Margin;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">
            <rect width="100%" height="100%" fill="#ffffff"/>

            """);
        foreach ((int from, int to) in graph.Edges)
        {
            AppendEdge(text, boxes[from], boxes[to], graph.Nodes[to].IsMissing);
        }

        for (int i = 0; i < boxes.Length; i++)
        {
            AppendBox(text, graph.Nodes[i], boxes[i]);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static Box[] Place(DependencyGraph graph)
    {
        var boxes = new Box[graph.Nodes.Count];
        int x = Margin;
        foreach (IGrouping<int, int> column in Enumerable.Range(0, boxes.Length).GroupBy(i => graph.Nodes[i].Level).OrderBy(group => group.Key))
        {
            int width = column.Max(i => WidthOf(graph.Nodes[i]));
            int row = 0;
            foreach (int i in column)
            {
                boxes[i] = new Box(x, Margin + (row++ * RowHeight), width);
            }

            x += width + ColumnGap;
        }

        return boxes;
    }

    private static int WidthOf(GraphNode node) => (int)(LabelOf(node).Length * CharacterWidth) + 20;

    private static string LabelOf(GraphNode node) => node.IsMissing ? $"{node.Label} (missing)" : node.Label;

    /// <summary>From the right side of one box to the left side of the other, or, back or within a column, round to its right side.</summary>
    private static void AppendEdge(StringBuilder text, Box from, Box to, bool isMissing)
    {
        int bend = ColumnGap / 2;
        bool isForward = to.X > from.X;
        int endX = isForward ? to.X : to.Right;
        int endBend = isForward ? endX - bend : endX + bend;
        text.Append(CultureInfo.InvariantCulture, $"""
            <path d="M{from.Right},{from.Middle} C{from.Right + bend},{from.Middle} {endBend},{to.Middle} {endX},{to.Middle}" fill="none" stroke="{(isMissing ? "#c62828" : "#90a4ae")}"/>
            <circle cx="{endX}" cy="{to.Middle}" r="3" fill="{(isMissing ? "#c62828" : "#90a4ae")}"/>

            """);
    }

    private static void AppendBox(StringBuilder text, GraphNode node, Box box)
    {
        string color = node.IsMissing ? "#c62828" : node.IsRoot ? "#1565c0" : "#455a64";
        string fill = node.IsMissing ? "#ffebee" : node.IsRoot ? "#e3f2fd" : "#fafafa";
        text.Append(CultureInfo.InvariantCulture, $"""
            <g><title>{Escape(node.Path ?? "missing")}</title><rect x="{box.X}" y="{box.Y}" width="{box.Width}" height="{BoxHeight}" rx="6" fill="{fill}" stroke="{color}"/><text x="{box.X + 10}" y="{box.Y + 18}" fill="{color}">{Escape(LabelOf(node))}</text></g>

            """);
    }

    private static string Escape(string text) => SecurityElement.Escape(text);

    private readonly record struct Box(int X, int Y, int Width)
    {
        public int Right => X + Width;

        public int Middle => Y + (BoxHeight / 2);
    }
}
