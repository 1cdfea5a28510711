namespace NativePlugins.Tests;

/// <summary>What else a fixture is compiled with: the rule in tests/fixtures/README.md.</summary>
internal static class FixtureFlags
{
    private const string Marker = "// flags: ";

    public static string[] Of(string source) =>
        File.ReadLines(source).Take(5).FirstOrDefault(line => line.StartsWith(Marker, StringComparison.Ordinal)) is { } line
            ? line[Marker.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];
}
