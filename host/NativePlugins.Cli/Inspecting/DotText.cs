using System.Globalization;
using System.Text;

namespace NativePlugins.Cli;

/// <summary>A dependency picture in the language of Graphviz.</summary>
internal static class DotText
{
    public static string Format(DependencyGraph graph)
    {
        var text = new StringBuilder("digraph dependencies {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            GraphNode node = graph.Nodes[i];
            string look = node.IsMissing ? ", color=red, fontcolor=red" : node.IsRoot ? ", penwidth=2" : "";
            string hint = node.Path is null ? "" : $", tooltip={Quote(node.Path)}";
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [label={Quote(node.IsMissing ? node.Label + " (missing)" : node.Label)}{hint}{look}];\n");
        }

        foreach ((int from, int to) in graph.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to}{(graph.Nodes[to].IsMissing ? " [color=red]" : "")};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
