using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>Random figures: each case, with and without what may be missing.</summary>
public static class FigureSample
{
    public static Figure Figure(Random random, int depth) => random.Next(depth > 0 ? 4 : 3) switch
    {
        0 => Circle(random),
        1 => new Polygon(RecordSample.Text(random), RecordSample.Items(random, RecordSample.Point))
        {
            Layer = random.Next(), Tag = Optional(random), Opacity = random.NextDouble(), IsClosed = random.Next(2) == 0, Stroke = Optional(random),
        },
        2 => new Blank(RecordSample.Text(random)) { Opacity = random.NextDouble() },
        _ => new Group(
            RecordSample.Text(random), RecordSample.Items(random, r => r.Next(4) == 0 ? null : Figure(r, depth - 1)), random.Next(2) == 0 ? null : Circle(random)),
    };

    public static Circle Circle(Random random) =>
        new(RecordSample.Text(random), RecordSample.Point(random), random.NextDouble()) { Layer = random.Next(), Tag = Optional(random) };

    public static Drawing Drawing(Random random) => new(
        Figure(random, 1),
        random.Next(2) == 0 ? null : Figure(random, 1),
        RecordSample.Items(random, r => Figure(r, 1)).Select((figure, i) => ($"{i}", figure)).ToDictionary(e => e.Item1, e => e.figure),
        RecordSample.Items(random, r => (r.Next(), r.Next(2) == 0 ? null : Figure(r, 1))));

    private static string? Optional(Random random) => random.Next(2) == 0 ? null : RecordSample.Text(random);
}
