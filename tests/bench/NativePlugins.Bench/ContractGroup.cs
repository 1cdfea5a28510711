namespace NativePlugins.Bench;

/// <summary>
/// Calls through typed contracts beside the bare function pointers of the same tables, a delegate, a COM interface, and the trait
/// object of a Rust application.
/// </summary>
internal static class ContractGroup
{
    // What a call through a contract may cost more than the bare function pointer, in nanoseconds.
    private const double Goal = 1.5;
    private const double LeaseGoal = 1.0;

    public static IEnumerable<ResultRow> Run(BenchFiles files, BenchOptions options)
    {
        Series? trait = TraitObject(files, options);
        return
        [
            .. Rows(files, options, files.CallsAot, "NativeAOT", trait),
            .. Rows(files, options, files.CallsJit, "JIT", trait),
        ];
    }

    private static Series? TraitObject(BenchFiles files, BenchOptions options)
    {
        if (!File.Exists(files.RustCalls))
        {
            return null;
        }

        Progress.Note($"contract, Rust: {options.Repetitions} repetitions");
        MeasuredProcess run = MeasuredProcess.Run(files, files.RustCalls, files.RustPlugin, $"{options.Repetitions}", $"{options.CallsPerRepetition}");
        return new Series(run.Figures().Select(figure => figure.Value));
    }

    private static IEnumerable<ResultRow> Rows(BenchFiles files, BenchOptions options, string program, string runtime, Series? trait)
    {
        Progress.Note($"contract, {runtime}: {options.Repetitions} repetitions");
        MeasuredProcess run = MeasuredProcess.Run(
            files, program, "contracts", files.ContractInC, files.ContractInCSharp, files.ComAdd, $"{options.Repetitions}", $"{options.CallsPerRepetition}");
        ILookup<string, double> figures = run.Figures().ToLookup(figure => figure.Key, figure => figure.Value);
        Series Of(string contestant) => new(figures[contestant]);
        foreach ((string key, string language) in new[] { ("c", "C"), ("csharp", "C#") })
        {
            string where = $"{language} plugin, {runtime} host";
            yield return ResultRow.CompareDifference(
                $"contract, Add(int, int), {where}", Of($"{key}.add"), "bare function pointer", Of($"{key}.add_bare"), "ns", Goal);
            yield return ResultRow.CompareDifference(
                $"contract, Add(int, int) in a lease, {where}", Of($"{key}.add_leased"), "bare function pointer", Of($"{key}.add_bare"), "ns", LeaseGoal);
            yield return ResultRow.Compare(
                $"contract, Add(int, int), {where}", Of($"{key}.add"), "the proxy without its gate", Of($"{key}.add_ungated"), "ns");
            yield return ResultRow.Compare(
                $"contract, Add(int, int) with [FastCall], {where}", Of($"{key}.add_fast"), "bare function pointer", Of($"{key}.add_bare"), "ns");
            yield return ResultRow.Compare(
                $"contract, Add(int, int), {where}", Of($"{key}.add"), "delegate of Marshal", Of($"{key}.add_delegate"), "ns", 1);
            yield return ResultRow.Compare(
                $"contract, span of 1 KiB, {where}", Of($"{key}.span_1k"), "bare function pointer", Of($"{key}.span_1k_bare"), "ns");
            yield return ResultRow.Compare(
                $"contract, span of 16 MiB, {where}", Of($"{key}.span_16m"), "bare function pointer", Of($"{key}.span_16m_bare"), "ns");
            yield return ResultRow.Compare(
                $"contract, 32 bytes of text in and out, {where}", Of($"{key}.text_32"), "bare function pointer, Add", Of($"{key}.add_bare"), "ns");
            yield return ResultRow.Compare(
                $"contract, callback into the host, {where}", Of($"{key}.callback"), "bare function pointer, Add", Of($"{key}.add_bare"), "ns");
            yield return ResultRow.Compare(
                $"contract, awaited call, {where}", Of($"{key}.await"), "bare function pointer, Add", Of($"{key}.add_bare"), "ns");
        }

        yield return ResultRow.Compare(
            $"contract, Add(int, int), C plugin, {runtime} host", Of("c.add"), "[GeneratedComInterface], C", Of("c.com"), "ns", 1);
        if (trait is not null)
        {
            yield return ResultRow.Compare(
                $"contract, Add(int, int), C plugin, {runtime} host", Of("c.add"), "Rust trait object, Rust", trait, "ns");
        }
    }
}
