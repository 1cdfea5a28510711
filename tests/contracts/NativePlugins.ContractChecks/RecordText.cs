using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>Data in words, all of it and in order, so that two values are the same when their texts are.</summary>
public static class RecordText
{
    public static string Of(Person? p) => p is null ? "null"
        : $"({Of(p.Name)} {p.Age} {Of(p.Email)} {p.Mode} {p.Born?.DayNumber} {Of(p.Tags, Of)} {(p.Home is { } home ? Of(home) : "null")} {Of(p.Partner)} {p.IsHere})";

    public static string Of(Address a) => $"({Of(a.Street)} {BitConverter.DoubleToInt64Bits(a.Position.X)} {BitConverter.DoubleToInt64Bits(a.Position.Y)})";

    public static string Of(Node? n) => n is null ? "null"
        : $"({Of(n.Text)} {Of(n.Children, Of)} {(n.Named is null ? "null" : Of(n.Named.OrderBy(e => e.Key, StringComparer.Ordinal), e => $"{Of(e.Key)}={Of(e.Value)}"))})";

    public static string Of(Shelf s) =>
        $"({Of(s.Numbers, n => $"{n}")} {Of(s.Points, p => $"{p}")} {Of(s.Ids.Order(), id => $"{id}")} "
        + $"{Of(s.Prices.OrderBy(e => e.Key, StringComparer.Ordinal), e => $"{Of(e.Key)}={e.Value}")} "
        + $"{Of(s.Rows, row => Of(row, Of))} {Of(s.Entries, e => $"{e.Count}{Of(e.Name)}{e.At:O}")} {Of(s.Flags, f => f is { } flag ? $"{flag}" : "null")})";

    public static string Of(Figure? f) => f is null ? "null"
        : $"({f.GetType().Name} {Of(f.Name)} {f.Layer} {Of(f.Tag)} {BitConverter.DoubleToInt64Bits(f.Opacity)} " + f switch
        {
            Circle c => $"{c.Centre} {BitConverter.DoubleToInt64Bits(c.Radius)})",
            Polygon p => $"{Of(p.Corners, corner => $"{corner}")} {p.IsClosed} {Of(p.Stroke)})",
            Group g => $"{Of(g.Items, Of)} {Of(g.Main)})",
            _ => ")",
        };

    public static string Of(Drawing d) =>
        $"({Of(d.First)} {Of(d.Second)} {Of(d.ByName.OrderBy(e => e.Key, StringComparer.Ordinal), e => $"{Of(e.Key)}={Of(e.Value)}")} {Of(d.Pairs, p => $"{p.Depth} {Of(p.Figure)}")})";

    public static string Of(string? text) => text is null ? "null" : $"'{text}'";

    public static string Of<T>(IEnumerable<T>? items, Func<T, string> of) => items is null ? "null" : $"[{string.Join(", ", items.Select(of))}]";
}
