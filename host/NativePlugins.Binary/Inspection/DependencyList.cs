using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Inspection;

/// <summary>The dependencies of a file as an inspection shows them.</summary>
internal static class DependencyList
{
    /// <summary>The libraries that the file itself asks for. They have no paths: only the file's own system can tell where they are.</summary>
    public static List<BinaryDependency> WithoutPaths(BinaryImage image, BinarySymbols symbols)
    {
        ILookup<string, string> versions = symbols.NeededVersions.ToLookup(need => need.Library, need => need.Version);
        return
        [
            .. image.Needed.Distinct().Select(name => new BinaryDependency
            {
                Name = name,
                IsDirect = true,
                NeededBy = image.Path,
                IsWeak = image.WeakNeeded.Contains(name),
                IsDelayed = image.DelayedNeeded.Contains(name),
                Reason = BinaryDependencyReason.Foreign,
                Versions = [.. versions[name].Distinct()],
            }),
        ];
    }

    /// <param name="path">The path of the root on this system.</param>
    public static List<BinaryDependency> From(BinaryImage root, string path, DependencyTree tree, IReadOnlyList<BinaryDependency> direct)
    {
        Dictionary<string, BinaryDependency> known = direct.DistinctBy(dependency => dependency.Name, tree.NameComparer)
            .ToDictionary(dependency => dependency.Name, tree.NameComparer);
        return
        [
            .. tree.Needed.Select(library => new BinaryDependency
            {
                Name = library.Name,
                IsDirect = ReferenceEquals(library.NeededBy, root) || known.ContainsKey(library.Name),
                NeededBy = ReferenceEquals(library.NeededBy, root) ? path : library.NeededBy.Path,
                IsWeak = library.NeededBy.WeakNeeded.Contains(library.Name),
                IsDelayed = library.NeededBy.DelayedNeeded.Contains(library.Name),
                Resolved = library.Location?.Path,
                Reason = library.Location?.Reason ?? BinaryDependencyReason.Missing,
                FoundThrough = library.Location?.Through,
                Searched = [.. library.Searched.Distinct()],
                Versions = known.GetValueOrDefault(library.Name)?.Versions ?? [],
                Needs = library.Location?.Image is { } image ? [.. image.Needed.Select(name => tree.ListedName(name, image)).Distinct()] : [],
            }),
        ];
    }

    public static List<BinarySearchPath> SearchPaths(BinaryImage image) =>
    [
        .. Split("RPATH", image.RPath),
        .. Split(image.Format == BinaryFormat.MachO ? "LC_RPATH" : "RUNPATH", image.RunPath),
    ];

    private static IEnumerable<BinarySearchPath> Split(string kind, string? list) =>
        (list ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => new BinarySearchPath(kind, directory));
}
