namespace NativePlugins.Documentation.Tests;

/// <summary>What a page needs besides the build. What the build can do without, its documents can too.</summary>
internal static class Prerequisites
{
    // Words by which a page shows that it makes a project that NativeAOT compiles: the template's name, and the property.
    private static readonly string[] s_aot = ["nativeplugin ", "PublishAot=true"];

    /// <summary>Why the page cannot be executed at all; null where it can.</summary>
    public static string? Obstacle(string page) =>
        PageTests.BlocksOf(page).Any(block => block["test"] is not null && s_aot.Any(text => block.Text.Contains(text, StringComparison.Ordinal)))
            ? AotTarget.Obstacle
            : null;

    /// <summary>Whether the programs that a block needs are installed.</summary>
    public static bool AreMet(DocumentBlock block) => !Missing(block).Any();

    /// <summary>What the page lacks here, a sentence each.</summary>
    public static IEnumerable<string> MissingFor(string page) =>
        Obstacle(page) is { } obstacle
            ? [obstacle]
            : PageTests.BlocksOf(page).SelectMany(Missing).Distinct().Select(program => $"{program} is not on the PATH");

    private static IEnumerable<string> Missing(DocumentBlock block) =>
        (block["needs"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Where(program => !IsInstalled(program));

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(directory => File.Exists(Path.Combine(directory, program)));
}
