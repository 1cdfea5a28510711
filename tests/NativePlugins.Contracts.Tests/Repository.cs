namespace NativePlugins.Contracts.Tests;

/// <summary>Files outside of the test's own folder.</summary>
internal static class Repository
{
    /// <summary>Where the build of the test contracts, in this configuration and framework, has written their headers.</summary>
    public static string HeaderDirectory { get; } = PathOf(Path.Combine(
        "artifacts", "bin", "NativePlugins.TestContracts", $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))}_net10.0", "include"));

    public static IReadOnlyList<string> Headers { get; } =
        [.. Directory.EnumerateFiles(HeaderDirectory, "*.h").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static string PathOf(string relative) => RepositoryRoot.PathOf(relative);
}
