namespace NativePlugins.Bench;

/// <summary>One call of <c>test.add/1</c> through the host's gate and through the bare function pointer, millions of times.</summary>
internal static class CallGroup
{
    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options) =>
    [
        .. Rows(files, options, files.CallsAot, "NativeAOT"),
        .. Rows(files, options, files.CallsJit, "JIT"),
        .. ThreadRows(files, options),
    ];

    private static IEnumerable<ResultRow> Rows(BenchFiles files, BenchOptions options, string program, string runtime)
    {
        Progress.Note($"call, {runtime}: {options.Repetitions} repetitions of {options.CallsPerRepetition:N0} calls");
        MeasuredProcess run = MeasuredProcess.Run(files, program, "calls", files.AddInC, files.AddInCSharp, $"{options.Repetitions}", $"{options.CallsPerRepetition}");
        ILookup<string, double> figures = run.Figures().ToLookup(figure => figure.Key, figure => figure.Value);
        ResultRow Row(string plugin, string contestant) => ResultRow.CompareDifference(
            $"call, {plugin} plugin, {runtime} host", new Series(figures[$"{contestant}.host"]), "bare function pointer", new Series(figures[$"{contestant}.bare"]), "ns", 1.5);

        return [Row("C", "c"), Row("C#", "csharp")];
    }

    // Two threads that do not hinder each other take as long as one: 1.11 times is 1.8 times the throughput.
    private static IEnumerable<ResultRow> ThreadRows(BenchFiles files, BenchOptions options)
    {
        Progress.Note($"call, one thread and two: {options.Repetitions} repetitions of {options.CallsPerRepetition:N0} calls");
        MeasuredProcess run = MeasuredProcess.Run(files, files.CallsAot, "threads", files.AddInC, $"{options.Repetitions}", $"{options.CallsPerRepetition}");
        ILookup<string, double> figures = run.Figures().ToLookup(figure => figure.Key, figure => figure.Value);
        Series Of(string contestant) => new(figures[contestant]);
        return
        [
            ResultRow.CompareDifference("call, C plugin, on each of 2 threads at once", Of("host.2"), "bare function pointer", Of("bare.2"), "ns", 1.5),
            ResultRow.Compare("call, C plugin, on each of 2 threads at once", Of("host.2"), "one thread alone", Of("host.1"), "ns", 1.11),
        ];
    }
}
