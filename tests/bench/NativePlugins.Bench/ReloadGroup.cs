namespace NativePlugins.Bench;

/// <summary>Reloads, and for how long calls find the gate closed meanwhile; in a NativeAOT program.</summary>
internal static class ReloadGroup
{
    // The 99th percentile of fewer would be the greatest value.
    private const int ReloadsOfOneRepetition = 10;

    private const int ManagedReloads = 200;
    private const int ManagedThreads = 4;

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
            .. Managed(files),
        ];
    }

    /// <summary>Managed generations, in a program under the JIT that calls meanwhile.</summary>
    private static ResultRow[] Managed(BenchFiles files)
    {
        Progress.Note($"reload: {ManagedReloads} of {Path.GetFileName(files.ManagedCounter)}, {ManagedThreads} threads calling");
        MeasuredProcess run = MeasuredProcess.Run(files, files.CallsJit, "managed-reload", files.ManagedCounter, $"{ManagedThreads}", $"{ManagedReloads}");
        ILookup<string, double> figures = run.Figures().ToLookup(figure => figure.Key, figure => figure.Value);
        string load = $"{ManagedReloads} managed reloads, {ManagedThreads} threads calling";
        double[] resident = [.. figures["resident"].Select(bytes => bytes / (1 << 20))];
        return
        [
            ResultRow.Bound($"{load}: until it serves", new Series(figures["serving"].Select(nanoseconds => nanoseconds / 1e6)), "ms", 95, 50),
            ResultRow.Bound($"{load}: lost of {figures["runs"].Single():N0} calls", new Series(figures["lost"]), "calls", 100, 0),
            ResultRow.Bound($"{load}: load contexts that stay", new Series(figures["kept"]), "contexts", 100, 0),
            ResultRow.Bound($"{load}: more resident memory than before", new Series([resident[1] - resident[0]]), "MiB", 100, 10),
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
