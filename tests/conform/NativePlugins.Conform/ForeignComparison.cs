using NativePlugins.Binary;

namespace NativePlugins.Conform;

/// <summary>Compares what is said about a Mach-O or PE file with what the tools of LLVM and GNU say.</summary>
internal static class ForeignComparison
{
    /// <summary>One line a difference; empty if there is none.</summary>
    public static List<string> Compare(BinaryInspection inspection) => inspection.Format switch
    {
        BinaryFormat.MachO => WithLlvm(inspection, LlvmMachO.Read(inspection.Path, inspection.Architecture!)),
        BinaryFormat.Pe => WithLlvm(inspection, LlvmPe.Read(inspection.Path)),
        BinaryFormat.Elf => Comparison.WithReadelf(inspection, Readelf.Read(inspection.Path)),
        _ => [$"cannot be read: {inspection.Verdict.Reasons[0].Message} {inspection.Verdict.Reasons[0].Found}"],
    };

    private static List<string> WithLlvm(BinaryInspection inspection, LlvmMachO expected)
    {
        var differences = new List<string>();
        CompareOne(differences, "identity", expected.Identity, inspection.Identity);
        CompareOne(differences, "UUID", expected.Uuid, inspection.BuildId);
        CompareOne(differences, "minimum system", expected.MinimumSystem, inspection.MinimumSystem.Select(requirement => requirement.Version).FirstOrDefault());
        Comparison.Compare(differences, "needed", expected.Needed.Distinct(), inspection.Dependencies.Select(dependency => dependency.Name));
        Comparison.Compare(differences, "weak", expected.Weak, inspection.Dependencies.Where(dependency => dependency.IsWeak).Select(dependency => dependency.Name));
        Comparison.Compare(differences, "search path", expected.SearchPaths, inspection.SearchPaths.Select(path => path.Directory));
        Comparison.Compare(differences, "export", expected.Exports, inspection.Exports.Select(symbol => symbol.Name));
        Comparison.Compare(differences, "segment", expected.Segments, inspection.Segments.Select(segment => $"{segment.Name} {segment.Permissions} {segment.MemorySize}"));
        Comparison.Compare(
            differences, "undefined",
            expected.Undefined.Select(symbol => $"{symbol.Name} {symbol.Library}"),
            inspection.Undefined.Select(symbol => $"{symbol.Name} {ShortOf(symbol.Library)}"));
        Comparison.Compare(differences, "weak", expected.WeakReferences, inspection.Undefined.Where(symbol => symbol.IsWeak).Select(symbol => symbol.Name));
        return differences;
    }

    private static List<string> WithLlvm(BinaryInspection inspection, LlvmPe expected)
    {
        var differences = new List<string>();
        CompareOne(differences, "identity", expected.Identity, inspection.Identity);
        CompareOne(differences, "minimum system", expected.MinimumSystem, inspection.MinimumSystem.Select(requirement => requirement.Version).FirstOrDefault());
        CompareOne(differences, "NX", expected.IsNxCompatible.ToString(), (!inspection.Hardening!.HasExecutableStack).ToString());
        Comparison.Compare(differences, "needed", expected.Needed.Concat(expected.Delayed).Distinct(), inspection.Dependencies.Select(dependency => dependency.Name));
        Comparison.Compare(
            differences, "delayed", expected.Delayed.Except(expected.Needed).Distinct(), inspection.Dependencies.Where(dependency => dependency.IsDelayed).Select(dependency => dependency.Name));
        Comparison.Compare(differences, "import", expected.Imports, inspection.Undefined.Select(symbol => $"{symbol.Library}!{symbol.Name}"));

        // Of several names for one number llvm-objdump shows one; GNU's objdump has them all.
        Comparison.Compare(
            differences, "exported number", expected.Exports.Select(export => $"{export.Ordinal} {export.Forwarder}"),
            inspection.Exports.Select(symbol => $"{symbol.Ordinal} {symbol.Forwarder}").Distinct());
        IEnumerable<(int, string)> names = inspection.Exports.Where(symbol => symbol.Name != $"#{symbol.Ordinal}").Select(symbol => (symbol.Ordinal ?? -1, symbol.Name));
        Comparison.Compare(
            differences, "exported name",
            (expected.Names ?? expected.Exports.Where(export => export.Name.Length > 0).Select(export => (export.Ordinal, export.Name))).Select(Describe), names.Select(Describe));
        return differences;
    }

    private static string Describe((int Ordinal, string Name) export) => $"{export.Ordinal} {export.Name}";

    private static void CompareOne(List<string> differences, string what, string? expected, string? found)
    {
        if (expected != found)
        {
            differences.Add($"{what}: '{expected}' expected, '{found}' found");
        }
    }

    /// <summary>As LLVM shortens an install name: <c>libSystem</c> for <c>/usr/lib/libSystem.B.dylib</c>, a framework's name for a framework.</summary>
    private static string? ShortOf(string? library)
    {
        string? name = Path.GetFileName(library);
        int end = name?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return end > 0 ? name![..end] : name;
    }
}
