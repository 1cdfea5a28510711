using NativePlugins.Binary;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>One file in the picture.</summary>
/// <param name="Label">The file's name, escaped.</param>
/// <param name="Path">Its path, escaped; null where it is missing.</param>
/// <param name="Level">How many steps it lies from a file that was inspected, by the shortest way.</param>
internal sealed record GraphNode(string Label, string? Path, int Level, bool IsMissing, bool IsRoot);

/// <summary>Who needs what, of one or several files; each library once.</summary>
internal sealed class DependencyGraph
{
    private readonly List<GraphNode> _nodes = [];
    private readonly HashSet<(int From, int To)> _edges = [];
    private readonly Dictionary<string, int> _byKey = [];

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public IEnumerable<(int From, int To)> Edges => _edges;

    public static DependencyGraph From(IReadOnlyList<BinaryInspection> inspections)
    {
        var graph = new DependencyGraph();
        foreach (BinaryInspection inspection in inspections)
        {
            graph.Node(inspection.Path, new GraphNode(FileName(inspection.Path), Fit(inspection.Path), 0, false, true));
        }

        foreach (BinaryInspection inspection in inspections)
        {
            graph.Add(inspection);
        }

        return graph;
    }

    private void Add(BinaryInspection inspection)
    {
        Dictionary<string, BinaryDependency> byName = inspection.Dependencies.ToDictionary(dependency => dependency.Name);
        var pending = new Queue<(int From, string Name)>();
        var followed = new HashSet<int>();
        int root = _byKey[inspection.Path];
        foreach (BinaryDependency dependency in inspection.Dependencies.Where(dependency => dependency.IsDirect))
        {
            pending.Enqueue((root, dependency.Name));
        }

        while (pending.TryDequeue(out (int From, string Name) next))
        {
            if (!byName.TryGetValue(next.Name, out BinaryDependency? dependency))
            {
                continue;
            }

            bool isMissing = dependency.Reason == BinaryDependencyReason.Missing;
            int node = Node(
                dependency.Resolved ?? dependency.Name,
                new GraphNode(Fit(dependency.Name), dependency.Resolved is null ? null : Fit(dependency.Resolved), _nodes[next.From].Level + 1, isMissing, false));
            _edges.Add((next.From, node));
            if (followed.Add(node))
            {
                foreach (string name in dependency.Needs)
                {
                    pending.Enqueue((node, name));
                }
            }
        }
    }

    private int Node(string key, GraphNode node)
    {
        if (!_byKey.TryGetValue(key, out int index))
        {
            index = _nodes.Count;
            _byKey.Add(key, index);
            _nodes.Add(node);
        }

        return index;
    }

    private static string FileName(string path) => Fit(System.IO.Path.GetFileName(path));

    private static string Fit(string text) => UntrustedText.Escape(text, maxLength: 512);
}
