using NativePlugins.Binary;

namespace NativePlugins.Conform;

/// <summary>Compares the files of one source with what the tools of LLVM and GNU say about them.</summary>
internal static class ForeignRun
{
    /// <returns>How many differ.</returns>
    public static int Execute(string source, IReadOnlyList<string> files)
    {
        var options = new BinaryInspectionOptions();
        int compared = 0;
        int differ = 0;
        int managed = 0;
        foreach (BinaryInspection inspection in BinaryInspector.InspectAll(files, options))
        {
            if (inspection.Kind == BinaryKind.ManagedAssembly)
            {
                managed++;
                continue;
            }

            compared++;
            List<string> differences = ForeignComparison.Compare(inspection);
            differ += differences.Count == 0 ? 0 : 1;
            foreach (string difference in differences)
            {
                Console.WriteLine($"{inspection.Path}: {difference}");
            }
        }

        Console.WriteLine($"{source}: {compared} compared, {differ} differ{(managed == 0 ? "" : $"; {managed} managed assemblies, which hold no native code, left out")}");
        return differ;
    }

    /// <summary>
    /// Resolves Wine's libraries as Windows would, in a directory that looks like its root: they fit together, so each needed
    /// library must be found, and each name in it.
    /// </summary>
    /// <returns>How many lack something.</returns>
    public static int ResolveWine()
    {
        string? folder = NativePackages.WineSystemDirectory;
        if (folder is null)
        {
            Console.WriteLine("Wine's libraries: not resolved, as Wine is not installed");
            return 0;
        }

        DirectoryInfo root = Directory.CreateTempSubdirectory("windows-");
        try
        {
            string system = Path.Combine(root.CreateSubdirectory("Windows").FullName, "System32");
            Directory.CreateSymbolicLink(system, folder);
            var options = new BinaryInspectionOptions { Root = root.FullName };
            BinaryInspection[] inspections = [.. BinaryInspector.InspectAll(Directory.EnumerateFiles(system, "*.dll").Order(StringComparer.Ordinal), options)];
            BinaryInspection[] lacking = [.. inspections.Where(inspection => inspection.Verdict.Reasons.Any(reason => reason.Code is "NP3001" or "NP3002"))];
            foreach (BinaryInspection inspection in lacking)
            {
                Console.WriteLine($"{Path.GetFileName(inspection.Path)}: {inspection.Verdict.Reasons[^1].Message}");
            }

            Console.WriteLine($"Wine's libraries: {inspections.Length} resolved, {inspections.Sum(inspection => inspection.Undefined.Count)} names, {lacking.Length} libraries lack something");
            return lacking.Length;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
