using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Data in and out of a plugin that gives back what it got, beside JSON of the same data as a string. The JSON is made and read by the
/// application alone: a plugin that reads it would pay once more.
/// </summary>
internal static partial class DataLoops
{
    private const int Texts = 100;
    private const int Points = 10_000;

    public static IEnumerable<(string, Func<int, double>)> Of(string name, Plugin plugin)
    {
        IValues values = plugin.Get<IValues>();
        IRecords records = plugin.Get<IRecords>();
        ITypes types = plugin.Get<ITypes>();
        var person = new Person("Ada Lovelace", 36, "ada@example.org")
        {
            Mode = Mode.Fast, Born = new DateOnly(1815, 12, 10), Home = new Address("12 St James's Square", new Point(51.5, -0.1)), IsHere = true,
        };
        string[] texts = [.. Enumerable.Range(0, Texts).Select(i => $"the text number {i}")];
        Point[] points = [.. Enumerable.Range(0, Points).Select(i => new Point(i, 1))];
        return
        [
            ($"{name}.optional_text_32", count => Loop(count, () => values.EchoText("a text of 32 bytes: 012345678901"))),
            ($"{name}.record", count => Loop(count, () => records.EchoPerson(person))),
            ($"{name}.record_json", count => Loop(count, () =>
                JsonSerializer.Deserialize(types.EchoText(JsonSerializer.Serialize(person, DataJson.Default.Person)), DataJson.Default.Person))),
            ($"{name}.texts", count => Loop(Fewer(count), () => records.EchoTexts(texts))),
            ($"{name}.texts_json", count => Loop(Fewer(count), () =>
                JsonSerializer.Deserialize(types.EchoText(JsonSerializer.Serialize(texts, DataJson.Default.StringArray)), DataJson.Default.StringArray))),
            ($"{name}.points", count => Loop(Fewer(count), () => records.Sum(points))),
            ($"{name}.points_json", count => Loop(Math.Max(5, Fewer(count) / 50), () => types.EchoText(JsonSerializer.Serialize(points, DataJson.Default.PointArray)))),
            ($"{name}.points_span", count => Loop(Fewer(count), () => records.SumSpan(points))),
        ];
    }

    private static int Fewer(int count) => Math.Max(20, count / 50);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Loop<T>(int count, Func<T> call)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            _ = call();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    [JsonSerializable(typeof(Person))]
    [JsonSerializable(typeof(string[]))]
    [JsonSerializable(typeof(Point[]))]
    private sealed partial class DataJson : JsonSerializerContext;
}
