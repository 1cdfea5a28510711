namespace NativePlugins.Bench;

/// <summary>
/// From a plugin's path to the end of its first command, each time in a fresh process: through <c>PluginHost</c> in a NativeAOT
/// program, and with bare dlopen in C. Both take the time themselves.
/// </summary>
internal static class LoadGroup
{
    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options)
    {
        var results = Contest.Run("load", options.Repetitions,
        [
            ("csharp.host", () => MeasuredProcess.Run(files, files.CallsAot, "load", files.HelloWorld)),
            ("csharp.bare", () => MeasuredProcess.Run(files, files.Bare, files.HelloWorld)),
            ("c.host", () => MeasuredProcess.Run(files, files.CallsAot, "load", files.HelloC)),
            ("c.bare", () => MeasuredProcess.Run(files, files.Bare, files.HelloC)),
        ]);
        Series Step(string contestant, string step) =>
            new(results[contestant].SelectMany(run => run.Figures().Where(figure => figure.Key == step)).Select(figure => figure.Value / 1e6));

        foreach (string step in new[] { "resolve", "verify", "map", "start", "call" })
        {
            Progress.Note($"load: C# plugin, {step} {Step("csharp.host", step).Median:F3} ms");
        }

        return
        [
            ResultRow.Compare("load and first call, C# plugin", Step("csharp.host", "total"), "bare dlopen from C", Step("csharp.bare", "total"), "ms", 1.3),
            ResultRow.Compare("load and first call, C plugin", Step("c.host", "total"), "bare dlopen from C", Step("c.bare", "total"), "ms"),
        ];
    }
}
