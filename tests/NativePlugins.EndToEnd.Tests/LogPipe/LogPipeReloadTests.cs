using System.Globalization;
using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>The plugins of logpipe are replaced while lines flow.</summary>
public class LogPipeReloadTests
{
    private const int Rounds = 4;
    private const int Lines = 10_000;

    private static readonly string[] s_inEveryBuild = ["logfmt", "least", "jsonl"];

    [Fact]
    public void Every_line_arrives_once_and_in_its_order_while_plugins_in_C_and_CSharp_are_replaced() => ReplaceWhileLinesFlow(s_inEveryBuild);

    [RustFact]
    public void So_it_is_with_the_one_in_Rust_whose_sessions_begin_anew()
    {
        Arrived[] records = ReplaceWhileLinesFlow(["gaps"], "Pipeline:Enrichers:0=gaps");

        // The lines of a source are a second apart, or two where one was dropped. The first one of a session has none before it.
        Assert.InRange(records.Count(record => record.Gap is null), 2, 2 * (Rounds + 1));
        Assert.Equal(["1000", "2000"], records.Select(record => record.Gap).OfType<string>().Distinct().Order(StringComparer.Ordinal));
    }

    private static Arrived[] ReplaceWhileLinesFlow(string[] plugins, params string[] settings)
    {
        using var pipe = new LogPipeRun([
            "Pipeline:Sources:0=-", "Pipeline:Parsers:0=logfmt", "Pipeline:Filters:0=least", "Pipeline:Sinks:0=jsonl", .. settings]);
        string file = pipe.Write("app.log", Enumerable.Range(1, Lines).Select(Line));
        using HostProcess process = pipe.Start($"Pipeline:Sources:1={file}");
        int fed = 0, most = Lines;
        bool isDone = false;
        Task feeding = Task.Run(() =>
        {
            // Some thousand lines a second are enough; how many a reload takes, depends on the machine.
            for (; !Volatile.Read(ref isDone) || fed < Lines; Thread.Sleep(5))
            {
                if (fed < Volatile.Read(ref most))
                {
                    LogPipeRun.Feed(process, Enumerable.Range(fed + 1, 100).Select(Line));
                    fed += 100;
                }
            }
        });

        process.WaitForOutput("jsonl: ");
        for (int round = 1; round <= Rounds; round++)
        {
            foreach (string plugin in plugins)
            {
                Interlocked.Add(ref most, Lines);
                pipe.Replace(plugin, round);
                process.WaitForOutput($"Reloaded plugin {plugin} 1.0.0 as generation {round + 1},");
            }
        }

        Volatile.Write(ref isDone, true);
        feeding.GetAwaiter().GetResult();
        process.WaitForEnd().Exits(0);

        Arrived[] records = [.. File.ReadLines(pipe.Target).Select(Arrived.Read)];
        AssertComplete(fed, records, "-");
        AssertComplete(Lines, records, file);
        Assert.Equal(fed + Lines - (fed / 4) - (Lines / 4), records.Length);
        return records;
    }

    // Every fourth line is of the level debug, which the filter drops.
    private static void AssertComplete(int lines, Arrived[] records, string source)
    {
        Arrived[] found = [.. records.Where(record => record.Source == source).Select(record => record with { Gap = null })];
        Arrived[] expected = [.. Enumerable.Range(1, lines).Where(line => line % 4 != 0).Select(line => Arrived.Of(source, line))];
        int same = expected.AsSpan().CommonPrefixLength(found);
        Assert.True(
            same == expected.Length && same == found.Length,
            $"{expected.Length} records were expected of {source}, and {found.Length} have arrived, of which the first {same} are right: then {(same < found.Length ? found[same] : null)}");
    }

    private readonly record struct Arrived(string? Source, int Line, string? Message, string? Number, string? Gap)
    {
        public static Arrived Of(string source, int line) => new(source, line, $"line {line}", line.ToString(CultureInfo.InvariantCulture), null);

        public static Arrived Read(string json)
        {
            using var document = JsonDocument.Parse(json);
            JsonElement record = document.RootElement, fields = record.GetProperty("fields");
            return new Arrived(
                record.GetProperty("source").GetString(), record.GetProperty("line").GetInt32(), record.GetProperty("message").GetString(),
                fields.GetProperty("number").GetString(), fields.TryGetProperty("gap_ms", out JsonElement gap) ? gap.GetString() : null);
        }
    }

    private static string Line(int number)
    {
        string time = DateTime.UnixEpoch.AddSeconds(number).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return $"time={time} level={(number % 4 == 0 ? "debug" : "error")} msg=\"line {number}\" number={number}";
    }
}
