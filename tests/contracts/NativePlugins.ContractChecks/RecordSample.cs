using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>Random data: every kind of null, empty and full, with any character that is one.</summary>
public static class RecordSample
{
    public static Person Person(Random random, int depth) => new(Text(random), random.Next(), Maybe(random) ? Text(random) : null)
    {
        Mode = (Mode)random.Next(256),
        Born = Maybe(random) ? DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)) : null,
        Tags = Items(random, Text),
        Home = Maybe(random) ? Address(random) : null,
        Partner = depth > 0 && Maybe(random) ? Person(random, depth - 1) : null,
        IsHere = Maybe(random),
    };

    public static Address Address(Random random) => new(Text(random), Point(random));

    public static Point Point(Random random) => new(random.NextDouble(), -random.NextDouble());

    public static Node Node(Random random, int depth) => new()
    {
        Text = Text(random),
        Children = depth > 0 ? [.. Items(random, r => Node(r, depth - 1))] : [],
        Named = depth > 0 && Maybe(random) ? Items(random, r => r).Select((r, i) => ($"{i}", Maybe(r) ? Node(r, depth - 1) : null)).ToDictionary(e => e.Item1, e => e.Item2) : null,
    };

    public static Shelf Shelf(Random random) => new()
    {
        Numbers = Items(random, r => r.Next(), 2000),
        Points = [.. Items(random, Point)],
        Ids = [.. Items(random, ValueChecks.Id)],
        Prices = Items(random, ValueChecks.Decimal).Select((price, i) => ($"{i}{Text(random)}", price)).ToDictionary(e => e.Item1, e => e.price),
        Rows = Maybe(random) ? Items(random, r => Maybe(r) ? Items(r, Optional) : null) : null,
        Entries = Items(random, r => (r.Next(), Optional(r), ValueChecks.Instant(r))),
        Flags = [.. Items(random, r => r.Next(3) switch { 0 => (bool?)null, var n => n == 1 })],
    };

    public static T[] Items<T>(Random random, Func<Random, T> item, int most = 4) => [.. Enumerable.Range(0, random.Next(most)).Select(_ => item(random))];

    // Halves of pairs become U+FFFD, which the checks of texts cover.
    public static string Text(Random random) => string.Concat(Items(random, r => r.Next(4) switch
    {
        0 => "\0",
        1 => char.ConvertFromUtf32(r.Next(0xE000, 0x110000)),
        2 => char.ConvertFromUtf32(r.Next(0xD800)),
        _ => "text",
    }, most: 12));

    private static string? Optional(Random random) => Maybe(random) ? Text(random) : null;

    private static bool Maybe(Random random) => random.Next(2) == 0;
}
