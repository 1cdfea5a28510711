using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>Builds a plugin's project, again and again.</summary>
internal abstract class ProjectBuild : IDisposable
{
    private const int MostErrors = 20;

    // Files bear the time of a clock that ticks every few milliseconds; dotnet takes longer than that to end.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly ProcessDirectory _directory;
    private byte[] _accepted = [];
    private byte[] _built = [];

    protected ProjectBuild(string project)
    {
        Project = Path.GetFullPath(project);
        if (!File.Exists(Project))
        {
            throw CliErrors.NoProject(project);
        }

        try
        {
            _directory = BuildDirectory.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.NoBuildDirectory(e);
        }

        Lists = Path.Combine(_directory.Path, "inputs") + Path.DirectorySeparatorChar;
    }

    public string ProjectDirectory => Path.GetDirectoryName(Project)!;

    /// <summary>The path of what was built, once there is one.</summary>
    public string Library { get; private set; } = "";

    /// <summary>What the last build has read; null if it did not come to list it.</summary>
    public BuildInputs? Inputs { get; private set; }

    /// <summary>When the last build had ended, UTC: what is written later it has not written itself.</summary>
    public DateTime Ended { get; private set; }

    /// <summary>The project file. Absolute.</summary>
    protected string Project { get; }

    /// <summary>The directory of this process's, which is removed at its end.</summary>
    protected string PrivateDirectory => _directory.Path;

    /// <summary>Where a build lists what it reads. Ends with a separator.</summary>
    protected string Lists { get; }

    /// <summary>What MSBuild is given so that it does.</summary>
    protected IEnumerable<string> ListArguments =>
    [
        $"-p:{BuildInputsTarget.ImportProperty}={Targets}",
        $"-p:{BuildInputsTarget.DirectoryProperty}={Lists}",
    ];

    private string Targets => Path.Combine(_directory.Path, "inputs.targets");

    /// <summary>What a build takes now that these files have changed.</summary>
    public virtual BuildPlan Plan(IReadOnlyCollection<string> changed) => BuildPlan.Whole;

    /// <summary>Builds; false if what comes out is what was accepted last.</summary>
    /// <param name="changed">What has changed since the last build; empty for the first one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CliException">It could not be built, or is no plugin's project.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the build was ended.</exception>
    public bool Run(IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
    {
        if (Plan(changed).IsCompile)
        {
            // As the compiler is about to see them: what is saved from here on it may not have seen.
            Inputs?.See(changed);
            Library = Check(() => Compile(cancellationToken));
        }
        else
        {
            Prepare();
            try
            {
                Library = Check(() => Build(cancellationToken));
            }
            finally
            {
                Inputs = BuildInputs.Read(Lists);
            }
        }

        _built = File.ReadAllBytes(Library);
        return !_built.AsSpan().SequenceEqual(_accepted);
    }

    /// <summary>What was built last serves. Until then the same library counts as new: what was in its way may have gone.</summary>
    public void Accept() => _accepted = _built;

    public virtual void Dispose() => _directory.Dispose();

    /// <summary>The lines that name an error, each once and without the project at its end; else the last lines.</summary>
    internal static string Errors(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] errors = [.. lines.Where(line => line.Contains("error ", StringComparison.Ordinal)).Select(WithoutProject).Distinct()];
        return string.Join('\n', errors.Length > 0 ? errors.Take(MostErrors) : lines.TakeLast(MostErrors));
    }

    /// <summary>Builds all of it.</summary>
    /// <returns>The library's path, or what the build wrote if it failed.</returns>
    protected abstract (string? Library, string Text) Build(CancellationToken cancellationToken);

    /// <summary>Only compiles. Called where <see cref="Plan"/> says that this is enough.</summary>
    /// <returns>As <see cref="Build"/>.</returns>
    protected virtual (string? Library, string Text) Compile(CancellationToken cancellationToken) => Build(cancellationToken);

    private static string WithoutProject(string line) =>
        line.EndsWith(']') && line.LastIndexOf(" [", StringComparison.Ordinal) is > 0 and int at ? line[..at] : line;

    private string Check(Func<(string? Library, string Text)> build)
    {
        try
        {
            (string? library, string text) = build();
            return library ?? throw CliErrors.BuildFailed(Project, Errors(text));
        }
        finally
        {
            Ended = DateTime.UtcNow - s_tick;
        }
    }

    private void Prepare()
    {
        Inputs = null;
        try
        {
            ProcessDirectory.TryDelete(Lists);
            Directory.CreateDirectory(Lists);
            File.WriteAllText(Targets, BuildInputsTarget.Text);
            File.WriteAllText(Lists + BuildInputsTarget.ForceFile, "");

            // Dated long ago: MSBuild compiles everything anew when a file that projects import is newer than what they have built.
            File.SetLastWriteTimeUtc(Targets, DateTime.UnixEpoch);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.NoBuildDirectory(e);
        }
    }
}
