namespace NativePlugins.Cli;

/// <summary>Publishes the project into a private directory, as it is shipped: with <c>dotnet publish</c>.</summary>
internal sealed class NativeBuild : ProjectBuild
{
    private readonly string _output;

    public NativeBuild(string project)
        : base(project) => _output = Path.Combine(PrivateDirectory, "publish");

    protected override (string? Library, string Text) Build(CancellationToken cancellationToken)
    {
        (int status, string text) = DotnetCommand.Run(
            ProjectDirectory,
            ["publish", Project, "-nologo", "-v:quiet", $"-p:PublishDir={_output}{Path.DirectorySeparatorChar}", .. ListArguments],
            cancellationToken);
        return (status == 0 ? FindLibrary() : null, text);
    }

    /// <summary>The plugin that publishing has left: beside its manifest.</summary>
    private string FindLibrary()
    {
        string[] manifests = Directory.Exists(_output) ? Directory.GetFiles(_output, "*.plugin.json") : [];
        string[] libraries = manifests.Length != 1
            ? []
            : [.. Directory.GetFiles(_output, Path.GetFileName(manifests[0])[..^".plugin.json".Length] + ".*")
                .Where(file => Path.GetExtension(file) is ".so" or ".dylib" or ".dll")];
        return libraries.Length == 1 ? libraries[0] : throw CliErrors.NoPluginBuilt(Project, manifests.Length);
    }
}
