using NativePlugins.Conform;

namespace NativePlugins.Bench;

/// <summary>
/// <c>host inspect</c> of every shared library of the system, against tools that say a part of the same; and the checks before
/// loading against hashing the file.
/// </summary>
internal static class InspectGroup
{
    private const int FewRepetitions = 3;

    // Exit statuses of a tool that did its work: it found nothing wrong, or something.
    private static readonly int[] s_examined = [0, 1];

    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options) =>
        OperatingSystem.IsLinux() ? [.. Inspect(files, options), .. Check(files, options)] : Check(files, options);

    private static List<ResultRow> Inspect(BenchFiles files, BenchOptions options)
    {
        string[] libraries = [.. SystemLibraries.Find()];
        List<(string, Func<MeasuredProcess>)> contestants =
        [
            ("ours", () => MeasuredProcess.Run(files, s_examined, files.Host, ["inspect", "--library", "--json", .. libraries])),
            ("readelf", () => MeasuredProcess.Run(files, s_examined, "/usr/bin/readelf", ["-W", "-d", "-s", .. libraries])),
        ];

        // A Python program that Debian installs for Debian's own Python.
        const string Lddtree = "/usr/bin/lddtree";
        bool hasLddtree = File.Exists(Lddtree);
        if (hasLddtree)
        {
            contestants.Add(("lddtree", () => MeasuredProcess.Run(files, s_examined, "/usr/bin/python3", [Lddtree, .. libraries])));
        }
        else
        {
            Progress.Note("inspect: lddtree is left out, it is not installed (Debian: pax-utils)");
        }

        int repetitions = Math.Max(FewRepetitions, options.Repetitions / 10);
        var results = Contest.Run("inspect", repetitions, contestants, warmUp: 1);
        Series Each(string contestant) => new(results[contestant].Select(run => run.Milliseconds / libraries.Length));
        Progress.Note($"inspect: {libraries.Length} libraries");
        return
        [
            ResultRow.Compare("inspect, a library", Each("ours"), "readelf -d -s", Each("readelf"), "ms"),
            .. hasLddtree ? [ResultRow.Compare("inspect, a library", Each("ours"), "lddtree", Each("lddtree"), "ms", 0.1)] : Array.Empty<ResultRow>(),
        ];
    }

    private static List<ResultRow> Check(BenchFiles files, BenchOptions options)
    {
        (Series small, Series smallHash) = Preflight(files, files.Small, options);
        (Series large, Series largeHash) = Preflight(files, files.Large, options);
        (Series exporting, Series exportingHash) = Preflight(files, files.Exporting, options);
        (Series compiled, Series compiledHash) = Preflight(files, files.HelloWorld, options);
        Progress.Note("inspect: checks before loading are done");
        return
        [
            Row("1.2 MB", small, smallHash) with { Goal = Within(small) },
            Row("100 MB", large, largeHash),
            ResultRow.Compare("checks before loading, 100 MB", large, "the same, 1.2 MB", small, "ms", 1.5),
            Row("10,000 exports", exporting, exportingHash) with { Goal = Within(exporting) },
            Row("C# plugin", compiled, compiledHash) with { Goal = Within(compiled) },
        ];
    }

    private static ResultRow Row(string plugin, Series preflight, Series hash) =>
        ResultRow.Compare($"checks before loading, {plugin}", preflight, "SHA-256 of the file", hash, "ms");

    /// <summary>The goal is one millisecond.</summary>
    private static ResultGoal Within(Series preflight) => new("value", 1, preflight.Median);

    private static (Series Preflight, Series Hash) Preflight(BenchFiles files, string plugin, BenchOptions options)
    {
        MeasuredProcess run = MeasuredProcess.Run(
            files, files.CallsAot, "preflight", plugin, options.Repetitions.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Series Of(string step) => new(run.Figures().Where(figure => figure.Key == step).Select(figure => figure.Value / 1e6));
        return (Of("preflight"), Of("hash"));
    }
}
