namespace NativePlugins.Bench;

/// <summary>One call of <c>test.add/1</c> through the host's gate and through the bare function pointer, millions of times.</summary>
internal static class CallGroup
{
    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options) =>
    [
        .. Rows(files, options, files.CallsAot, "NativeAOT"),
        .. Rows(files, options, files.CallsJit, "JIT"),
    ];

    private static IEnumerable<ResultRow> Rows(BenchFiles files, BenchOptions options, string program, string runtime)
    {
        Progress.Note($"call, {runtime}: {options.Repetitions} repetitions of {options.CallsPerRepetition:N0} calls");
        MeasuredProcess run = MeasuredProcess.Run(files, program, "calls", files.AddInC, files.AddInCSharp, $"{options.Repetitions}", $"{options.CallsPerRepetition}");
        ILookup<string, double> figures = run.Figures().ToLookup(figure => figure.Key, figure => figure.Value);
        ResultRow Row(string plugin, string contestant) => ResultRow.CompareDifference(
            $"call, {plugin} plugin, {runtime} host", new Series(figures[$"{contestant}.host"]), "bare function pointer", new Series(figures[$"{contestant}.bare"]), "ns", 2);

        return [Row("C", "c"), Row("C#", "csharp")];
    }
}
