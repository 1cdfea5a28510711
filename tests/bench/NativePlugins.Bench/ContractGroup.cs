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

    // What a record may cost of JSON, and a list of structs of a span.
    private const double RecordGoal = 0.2, PointsGoal = 1.2;

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
            yield return ResultRow.Compare(
                $"contract, a call of an object, {where}", Of($"{key}.object_call"), "a call of a service, Add", Of($"{key}.add"), "ns");
            yield return ResultRow.Compare(
                $"contract, an object: opened, called once, disposed of, {where}", Of($"{key}.object"), "a call of an object", Of($"{key}.object_call"), "ns");
            yield return ResultRow.Compare(
                $"contract, a delegate that is lent and called once, {where}", Of($"{key}.delegate"), "callback into the host", Of($"{key}.callback"), "ns");
            yield return ResultRow.Compare(
                $"contract, a call that raises an event with one handler, {where}", Of($"{key}.event"), "with no handler", Of($"{key}.event_unheard"), "ns");
            foreach (ResultRow row in DataRows(key, where, Of).Concat(StreamRows(key, where, Of)))
            {
                yield return row;
            }
        }

        yield return ResultRow.Compare(
            $"contract, Add(int, int), C plugin, {runtime} host", Of("c.add"), "[GeneratedComInterface], C", Of("c.com"), "ns", 1);
        yield return ResultRow.Compare(
            $"contract, 32 bytes of text in and out, C plugin, {runtime} host", Of("c.text_32"), "[GeneratedComInterface], C", Of("c.com_text_32"), "ns");
        if (trait is not null)
        {
            yield return ResultRow.Compare(
                $"contract, Add(int, int), C plugin, {runtime} host", Of("c.add"), "Rust trait object, Rust", trait, "ns");
        }
    }

    // JSON is made and read by the application alone; the plugin gives back the text. A list in C# is the callee's own, so it is copied once.
    private static IEnumerable<ResultRow> DataRows(string key, string where, Func<string, Series> of) =>
    [
        ResultRow.Compare($"contract, string? of 32 bytes in and out, {where}", of($"{key}.optional_text_32"), "string", of($"{key}.text_32"), "ns"),
        ResultRow.Compare($"contract, a record of eight members in and out, {where}", of($"{key}.record"), "JSON, generated", of($"{key}.record_json"), "ns", RecordGoal),
        ResultRow.Compare($"contract, a list of 100 texts in and out, {where}", of($"{key}.texts"), "JSON, generated", of($"{key}.texts_json"), "ns"),
        ResultRow.Compare($"contract, a list of 10,000 structs in, {where}", of($"{key}.points"), "span", of($"{key}.points_span"), "ns", key == "c" ? PointsGoal : null),
        ResultRow.Compare($"contract, a list of 10,000 structs in, {where}", of($"{key}.points"), "JSON, generated, written alone", of($"{key}.points_json"), "ns"),
    ];

    private static IEnumerable<ResultRow> StreamRows(string key, string where, Func<string, Series> of) =>
    [
        ResultRow.Compare($"contract, an item of a stream that comes with others, {where}", of($"{key}.item_batched"), "alone", of($"{key}.item_single"), "ns"),
        ResultRow.Compare($"contract, an item of a stream that comes alone, {where}", of($"{key}.item_single"), "an awaited call", of($"{key}.await"), "ns"),
        ResultRow.Compare($"contract, a seek and a read of 4 KiB, {where}", of($"{key}.read_4k"), "a call of an object", of($"{key}.object_call"), "ns"),
        ResultRow.Compare($"contract, the same without waiting, {where}", of($"{key}.read_4k_later"), "waiting", of($"{key}.read_4k"), "ns"),
    ];
}
