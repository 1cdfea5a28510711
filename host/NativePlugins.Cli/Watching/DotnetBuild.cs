using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>A build by MSBuild, which lists what it reads (<see cref="BuildInputsTarget"/>).</summary>
internal abstract class DotnetBuild : ProjectBuild
{
    protected DotnetBuild(string project)
        : base(project) => Lists = Path.Combine(PrivateDirectory, "inputs") + Path.DirectorySeparatorChar;

    /// <summary>Where a build lists what it reads. Ends with a separator.</summary>
    protected string Lists { get; }

    /// <summary>What <c>dotnet</c> is told of every project, so that it is the same at every time.</summary>
    protected virtual string[] Settings => [];

    /// <summary>What MSBuild is given so that it lists what it reads.</summary>
    protected IEnumerable<string> ListArguments =>
    [
        $"-p:{BuildInputsTarget.ImportProperty}={Targets}",
        $"-p:{BuildInputsTarget.DirectoryProperty}={Lists}",
        $"-p:{BuildInputsTarget.ProjectProperty}={Project}",
        "-p:ProvideCommandLineArgs=true",
    ];

    private string Targets => Path.Combine(PrivateDirectory, "inputs.targets");

    private string ImportList => Path.Combine(PrivateDirectory, "imports");

    protected override void Prepare(IReadOnlyCollection<string> changed)
    {
        ProcessDirectory.TryDelete(Lists);
        Directory.CreateDirectory(Lists);
        File.WriteAllText(Targets, BuildInputsTarget.Text);
        File.WriteAllText(Lists + BuildInputsTarget.ForceFile, "");

        // Dated long ago: MSBuild compiles everything anew when a file that projects import is newer than what they have built.
        File.SetLastWriteTimeUtc(Targets, DateTime.UnixEpoch);
    }

    protected override (string? Library, string Text) Build(CancellationToken cancellationToken)
    {
        // Beside the build, which takes much longer: the list is there when it ends.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<IReadOnlyList<string>> imports = Task.Run(() => BuildImports.Find(Place, Project, Settings, ImportList, ending.Token), CancellationToken.None);
        bool hasRun = false;
        try
        {
            (string? Library, string Text) built = BuildListed(cancellationToken);
            hasRun = true;
            return built;
        }
        finally
        {
            if (!hasRun)
            {
                ending.Cancel();
            }

            List(imports.GetAwaiter().GetResult());
        }
    }

    /// <summary>As <see cref="ProjectBuild.Build"/>, with <see cref="ListArguments"/>.</summary>
    protected abstract (string? Library, string Text) BuildListed(CancellationToken cancellationToken);

    private void List(IReadOnlyList<string> imports)
    {
        try
        {
            File.WriteAllLines(Path.Combine(Lists, "imports.txt"), imports.Select(path => $"I - {path}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They are not watched then; what became of the build is more to the point.
        }
    }

    protected override BuildInputs? ReadInputs() => BuildInputs.Read(Lists);
}
