namespace NativePlugins.Bench;

/// <summary>From the start of a process to its exit, with one greeting in between; and its peak resident set.</summary>
internal static class StartGroup
{
    private const string Rust = "Rust host and plugin";
    private const string Alc = "JIT host, AssemblyLoadContext";
    private const string Aot = "bare NativeAOT host, same plugin";

    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options)
    {
        List<(string, Func<MeasuredProcess>)> contestants =
        [
            ("ours", () => MeasuredProcess.Run(files, files.Host, Path.GetFileName(files.HelloWorld))),
            ("ours-c", () => MeasuredProcess.Run(files, files.Host, Path.GetFileName(files.HelloC))),
            (Alc, () => MeasuredProcess.Run(files, files.AlcHost, files.AlcPlugin)),
            (Aot, () => MeasuredProcess.Run(files, files.AotHost, files.HelloWorld)),
        ];
        bool hasRust = File.Exists(files.RustHost);
        if (hasRust)
        {
            contestants.Add((Rust, () => MeasuredProcess.Run(files, files.RustHost, files.RustPlugin)));
        }
        else
        {
            Progress.Note("start: the Rust peer is left out, rustc is missing");
        }

        var results = Contest.Run("start", options.Repetitions, contestants);
        ResultRow Time(string name, string ours, string peer, double? goal = null) =>
            ResultRow.Compare(name, Times(results[ours]), peer, Times(results[peer]), "ms", goal);
        ResultRow Memory(string name, string peer) =>
            ResultRow.Compare(name, Peaks(results["ours"]), peer, Peaks(results[peer]), "MiB");

        return
        [
            .. hasRust ? [Time("start to exit, C# plugin", "ours", Rust, 3.5)] : Array.Empty<ResultRow>(),
            Time("start to exit, C# plugin", "ours", Alc, 0.125),
            Time("start to exit, C# plugin", "ours", Aot),
            .. hasRust ? [Time("start to exit, C plugin", "ours-c", Rust)] : Array.Empty<ResultRow>(),
            .. hasRust ? [Memory("peak resident set", Rust)] : Array.Empty<ResultRow>(),
            Memory("peak resident set", Alc),
            Memory("peak resident set", Aot),
        ];
    }

    private static Series Times(IEnumerable<MeasuredProcess> runs) => new(runs.Select(run => run.Milliseconds));

    private static Series Peaks(IEnumerable<MeasuredProcess> runs) => new(runs.Select(run => run.PeakMebibytes));
}
