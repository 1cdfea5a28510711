using NativePlugins.Host;

namespace NativePlugins.Conform;

/// <summary>Compares the files of one source with what the tools of LLVM and GNU say about them.</summary>
internal static class ForeignRun
{
    /// <returns>How many differ.</returns>
    public static int Execute(string source, IReadOnlyList<string> files)
    {
        var options = new BinaryInspectionOptions { RequireEntry = false };
        int compared = 0;
        int differ = 0;
        int managed = 0;
        foreach (BinaryInspection inspection in PluginBinary.InspectAll(files, options))
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
}
