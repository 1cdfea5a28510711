namespace NativePlugins.Bench;

/// <summary>Reloads, and for how long calls find the gate closed meanwhile; in a NativeAOT program.</summary>
internal static class ReloadGroup
{
    // The 99th percentile of fewer would be the greatest value.
    private const int ReloadsOfOneRepetition = 10;

    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options)
    {
        int reloads = options.Repetitions * ReloadsOfOneRepetition;
        return
        [
            Serving(files, "C", files.AddInC, reloads),
            Serving(files, "C#", files.AddInCSharp, reloads),
            Closed(files, 1, 1, reloads),
            Closed(files, 8, 1, reloads),
            Closed(files, 64, 5, reloads),
        ];
    }

    private static ResultRow Serving(BenchFiles files, string language, string library, int reloads) =>
        ResultRow.Bound($"artifact stable to new generation serving, {language} plugin", Milliseconds(files, library, 0, reloads, "serving"), "ms", 95, 50);

    private static ResultRow Closed(BenchFiles files, int threads, double most, int reloads) =>
        ResultRow.Bound($"gate closed, {threads} threads calling", Milliseconds(files, files.AddInC, threads, reloads, "closed"), "ms", 99, most);

    private static Series Milliseconds(BenchFiles files, string library, int threads, int reloads, string figure)
    {
        Progress.Note($"reload: {reloads} of {Path.GetFileName(library)}, {threads} threads calling");
        MeasuredProcess run = MeasuredProcess.Run(files, files.CallsAot, "reload", library, $"{threads}", $"{reloads}");
        return new Series(run.Figures().Where(found => found.Key == figure).Select(found => found.Value / 1e6));
    }
}
