namespace NativePlugins.Cli;

/// <summary>
/// Builds with programs that know by themselves what has changed. They say nothing of what they read: a source is what lies in the
/// project's directory and is nothing that compilers make.
/// </summary>
internal sealed class CommandBuild(BuildRecipe recipe) : ProjectBuild(recipe.Project, Directory.Exists(recipe.Project))
{
    private const int MostSources = 10_000;

    private static readonly string[] s_libraries = [".so", ".dylib", ".dll"];
    private static readonly string[] s_made = [.. s_libraries, ".o", ".obj", ".a", ".lib", ".d", ".pdb", ".dbg", ".exe", ".rlib", ".rmeta"];

    private BuildInputs? _inputs;

    public override BuildPlan Plan(IReadOnlyCollection<string> changed, CancellationToken cancellationToken) => BuildPlan.Whole;

    protected override void Prepare(IReadOnlyCollection<string> changed) => _inputs = BuildInputs.Parse(
    [
        $"P - {ProjectDirectory}",

        // A library that lies in a directory of its own marks that as the build's; in the project's directory it has no such effect.
        .. recipe.Library is string library ? [$"O - {Path.GetDirectoryName(library)}"] : (string[])[],
        .. Sources().Select(path => $"C {BuildInputs.HashOf(path)} {path}"),
    ]);

    protected override BuildInputs? ReadInputs() => _inputs;

    protected override (string? Library, string Text) Build(CancellationToken cancellationToken)
    {
        foreach (string[] command in recipe.Commands(PrivateDirectory))
        {
            Doing(string.Join(' ', command.Where(word => !Path.IsPathRooted(word)).DefaultIfEmpty(command[0]).Take(2)));
            (int status, string text) = BuildProcess.Run(Place, command[0], command[1..], cancellationToken);
            if (status != 0)
            {
                return (null, $"{text}\n{Path.GetFileName(command[0])} ended with status {status}");
            }
        }

        return (FindLibrary(), "");
    }

    // Other compilers show the source themselves.
    protected override string ErrorsIn(string text) => BuildErrors.LastLines(text);

    private IEnumerable<string> Sources() => SourceFiles.Tree(ProjectDirectory)
        .SelectMany(Directory.GetFiles)
        .Where(path => !SourceNames.IsHidden(Path.GetFileName(path)) && !s_made.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
            && !path.EndsWith(".plugin.json", StringComparison.OrdinalIgnoreCase))
        .Take(MostSources);

    private string FindLibrary()
    {
        if (recipe.Library is string library)
        {
            return File.Exists(library) ? library : throw CliErrors.NoPluginBuilt(Project, library, "no such file");
        }

        // cargo leaves what it has built for itself one directory deeper.
        string[] found = [.. SourceFiles.Tree(Path.Combine(PrivateDirectory, BuildRecipe.Output)).SelectMany(Directory.GetFiles)
            .Where(path => s_libraries.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && Path.GetFileName(Path.GetDirectoryName(path)) != "deps")];
        return found.Length == 1 ? found[0] : throw CliErrors.NoPluginBuilt(Project, "one shared library", $"{found.Length}: {string.Join(", ", found.Select(Path.GetFileName))}");
    }
}
