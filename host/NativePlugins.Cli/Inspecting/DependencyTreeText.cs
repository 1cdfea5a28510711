using System.Text;
using NativePlugins.Binary;
using NativePlugins.Binary.Text;

namespace NativePlugins.Cli;

/// <summary>What a file needs, as a tree. What is needed twice is followed once: under the one that asks first.</summary>
internal sealed class DependencyTreeText(StringBuilder text, BinaryInspection inspection, Ink ink, bool withPlaces)
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, BinaryDependency> _byName = inspection.Dependencies.ToDictionary(dependency => dependency.Name);
    private readonly HashSet<string> _followed = [];

    public void Append(string indent) =>
        Append([.. inspection.Dependencies.Where(dependency => dependency.IsDirect)], inspection.Path, indent, depth: 0);

    private void Append(BinaryDependency[] level, string? parent, string indent, int depth)
    {
        for (int i = 0; i < level.Length; i++)
        {
            BinaryDependency dependency = level[i];
            bool isLast = i == level.Length - 1;
            bool isHere = dependency.NeededBy == parent && depth < MaxDepth && _followed.Add(dependency.Name);
            text.Append(indent).Append(ink.Faint(isLast ? "└─ " : "├─ ")).Append(Describe(dependency, isHere)).Append('\n');
            if (isHere)
            {
                AppendInner(dependency, indent + (isLast ? "   " : ink.Faint("│") + "  "), depth);
            }
        }
    }

    private void AppendInner(BinaryDependency dependency, string indent, int depth)
    {
        if (withPlaces)
        {
            foreach (string place in dependency.Searched)
            {
                text.Append(indent).Append(ink.Faint("searched " + Fit(place))).Append('\n');
            }
        }

        Append(
            [.. dependency.Needs.Distinct().Where(_byName.ContainsKey).Select(name => _byName[name])], dependency.Resolved, indent, depth + 1);
    }

    private string Describe(BinaryDependency dependency, bool isHere)
    {
        string name = Fit(dependency.Name);
        if (dependency.Reason == BinaryDependencyReason.Missing)
        {
            return dependency.IsWeak ? $"{name}  {ink.Warning("missing, as it may be")}"
                : dependency.IsDelayed ? $"{name}  {ink.Warning("missing: the first call into it fails")}"
                : ink.Bad($"{name}  missing");
        }

        if (!isHere)
        {
            return $"{name}  {ink.Faint(_followed.Contains(dependency.Name) ? "(above)" : "(below)")}";
        }

        string versions = dependency.Versions.Count == 0 ? "" : ink.Faint($"  [{Fit(string.Join(", ", dependency.Versions))}]");
        versions += dependency.IsWeak ? ink.Faint("  may be missing") : dependency.IsDelayed ? ink.Faint("  at its first call") : "";
        if (dependency.Resolved is null)
        {
            return name + (dependency.Reason == BinaryDependencyReason.Foreign ? "" : ink.Faint($"  ({InspectionWords.ReasonOf(dependency.Reason)})")) + versions;
        }

        string through = dependency.FoundThrough is null ? "" : $" {Fit(dependency.FoundThrough)}";
        return $"{name} → {Fit(dependency.Resolved)}  {ink.Faint($"({InspectionWords.ReasonOf(dependency.Reason)}{through})")}{versions}";
    }

    private static string Fit(string text) => UntrustedText.Escape(text, maxLength: 4096);
}
