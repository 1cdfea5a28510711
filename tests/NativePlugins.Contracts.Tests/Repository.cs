namespace NativePlugins.Contracts.Tests;

/// <summary>Files outside of the test's own folder.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Where the build of the test contracts, in this configuration and framework, has written their headers.</summary>
    public static string HeaderDirectory { get; } = PathOf(Path.Combine(
        "artifacts", "bin", "NativePlugins.TestContracts", $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))}_net10.0", "include"));

    public static IReadOnlyList<string> Headers { get; } =
        [.. Directory.EnumerateFiles(HeaderDirectory, "*.h").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "NativePlugins.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException($"NativePlugins.sln is nowhere above {AppContext.BaseDirectory}");
        }

        return directory.FullName;
    }
}
