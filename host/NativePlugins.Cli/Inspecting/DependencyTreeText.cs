using System.Text;
using NativePlugins.Host;

namespace NativePlugins.Cli;

/// <summary>What a file needs, as a tree. What is needed twice is followed once.</summary>
internal static class DependencyTreeText
{
    private const int MaxDepth = 64;

    public static void Append(StringBuilder text, BinaryInspection inspection, Ink ink, string indent)
    {
        Dictionary<string, BinaryDependency> byName = inspection.Dependencies.ToDictionary(dependency => dependency.Name);
        var shown = new HashSet<string>();
        Append(text, [.. inspection.Dependencies.Where(dependency => dependency.IsDirect)], byName, shown, ink, indent, depth: 0);
    }

    private static void Append(
        StringBuilder text, BinaryDependency[] level, Dictionary<string, BinaryDependency> byName, HashSet<string> shown, Ink ink,
        string indent, int depth)
    {
        for (int i = 0; i < level.Length; i++)
        {
            BinaryDependency dependency = level[i];
            bool isLast = i == level.Length - 1;
            bool isFirst = shown.Add(dependency.Name);
            text.Append(indent).Append(ink.Faint(isLast ? "└─ " : "├─ ")).Append(Describe(dependency, isFirst, ink)).Append('\n');
            string inner = indent + (isLast ? "   " : ink.Faint("│") + "  ");
            if (dependency.Reason == BinaryDependencyReason.Missing && isFirst)
            {
                foreach (string place in dependency.Searched)
                {
                    text.Append(inner).Append(ink.Faint("searched " + Fit(place))).Append('\n');
                }
            }

            if (isFirst && depth < MaxDepth)
            {
                BinaryDependency[] next = [.. dependency.Needs.Distinct().Where(byName.ContainsKey).Select(name => byName[name])];
                Append(text, next, byName, shown, ink, inner, depth + 1);
            }
        }
    }

    private static string Describe(BinaryDependency dependency, bool isFirst, Ink ink)
    {
        string name = Fit(dependency.Name);
        if (dependency.Reason == BinaryDependencyReason.Missing)
        {
            return ink.Bad($"{name}  missing");
        }

        if (!isFirst)
        {
            return $"{name}  {ink.Faint("(above)")}";
        }

        string versions = dependency.Versions.Count == 0 ? "" : ink.Faint($"  [{Fit(string.Join(", ", dependency.Versions))}]");
        if (dependency.Resolved is null)
        {
            return name + versions;
        }

        string through = dependency.FoundThrough is null ? "" : $" {Fit(dependency.FoundThrough)}";
        return $"{name} → {Fit(dependency.Resolved)}  {ink.Faint($"({InspectionWords.ReasonOf(dependency.Reason)}{through})")}{versions}";
    }

    private static string Fit(string text) => UntrustedText.Escape(text, maxLength: 4096);
}
