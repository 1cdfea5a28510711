using NativePlugins.Binary;

namespace NativePlugins.Conform;

/// <summary>Compares an inspection with what the system's own tools say.</summary>
internal static class Comparison
{
    /// <summary>One line a difference; empty if there is none.</summary>
    public static List<string> WithReadelf(BinaryInspection inspection, Readelf expected)
    {
        var differences = new List<string>();
        if (inspection.Format is null)
        {
            differences.Add($"cannot be read: {inspection.Verdict.Reasons[0].Message}");
            return differences;
        }

        if (inspection.Identity != expected.Soname)
        {
            differences.Add($"SONAME: '{expected.Soname}' expected, '{inspection.Identity}' found");
        }

        Compare(differences, "needed", expected.Needed, inspection.Dependencies.Where(dependency => dependency.IsDirect).Select(dependency => dependency.Name));
        Compare(differences, "search path", expected.SearchPaths, inspection.SearchPaths.Select(path => $"{path.Kind} {path.Directory}"));
        Compare(differences, "export", expected.Exports, inspection.Exports.Select(Describe));
        Compare(differences, "undefined", expected.Undefined, inspection.Undefined.Select(symbol => symbol.Version is null ? symbol.Name : $"{symbol.Name}@{symbol.Version}"));
        return differences;
    }

    /// <summary>Several names may lead to one file, of which ldd prints one: the paths must be the same.</summary>
    public static List<string> WithLdd(BinaryInspection inspection, Ldd expected)
    {
        var differences = new List<string>();
        Dictionary<string, BinaryDependency> found = inspection.Dependencies.ToDictionary(dependency => dependency.Name);
        HashSet<string?> paths = [.. expected.Resolved.Values];
        foreach ((string name, string? path) in expected.Resolved)
        {
            BinaryDependency? dependency = found.GetValueOrDefault(name)
                ?? inspection.Dependencies.FirstOrDefault(candidate => candidate.Resolved == name);
            if (dependency is null || dependency.Resolved != path)
            {
                differences.Add($"{name}: '{path ?? "not found"}' expected, '{dependency?.Resolved ?? (dependency is null ? "not needed" : "missing")}' found");
            }
        }

        differences.AddRange(found.Values.Where(dependency => !paths.Contains(dependency.Resolved))
            .Select(dependency => $"{dependency.Name}: not expected, '{dependency.Resolved ?? "missing"}' found"));
        return differences;
    }

    private static string Describe(BinarySymbol symbol) =>
        symbol.Version is null ? symbol.Name : $"{symbol.Name}{(symbol.IsDefaultVersion ? "@@" : "@")}{symbol.Version}";

    internal static void Compare(List<string> differences, string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        string[] sortedExpected = [.. expected.Order(StringComparer.Ordinal)];
        string[] sortedFound = [.. found.Order(StringComparer.Ordinal)];
        if (sortedExpected.SequenceEqual(sortedFound))
        {
            return;
        }

        string[] missing = [.. sortedExpected.Except(sortedFound)];
        string[] extra = [.. sortedFound.Except(sortedExpected)];
        differences.Add($"{what}: {sortedExpected.Length} expected, {sortedFound.Length} found"
            + (missing.Length == 0 ? "" : $"; missing {string.Join(", ", missing.Take(5))}")
            + (extra.Length == 0 ? "" : $"; not expected {string.Join(", ", extra.Take(5))}"));
    }
}
