namespace NativePlugins.Repository.Tests;

/// <summary>Programs that check files of the repository.</summary>
internal static class Linter
{
    // The folder into which .ci/run installs linters with npm.
    private const string Installed = "artifacts/linters/node_modules/.bin";

    /// <summary>The first of these that is there; null if none is.</summary>
    public static string? Find(params IEnumerable<string> names) => names.SelectMany(Places).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Places(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(RepositoryFiles.PathOf(Installed))
            .SelectMany(directory => (string[])[Path.Combine(directory, name), Path.Combine(directory, name + ".exe")]);
}
