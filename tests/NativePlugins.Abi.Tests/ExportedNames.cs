namespace NativePlugins.Abi.Tests;

/// <summary>What a shared library offers and what it asks for, as the binutils see it.</summary>
internal static class ExportedNames
{
    public static string[] Of(string library) => Names("--defined-only", library);

    public static string[] ImportsOf(string library) => Names("--undefined-only", library);

    /// <summary>The sonames of the libraries that the loader brings with it.</summary>
    public static string[] DependenciesOf(string library) =>
    [
        .. Command.Succeed("readelf", "--dynamic", "--wide", library).Split('\n')
            .Where(line => line.Contains("(NEEDED)", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)]),
    ];

    private static string[] Names(string which, string library) =>
        [.. Command.Succeed("nm", "--dynamic", which, library).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1])];
}
