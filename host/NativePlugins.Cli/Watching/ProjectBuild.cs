using NativePlugins.Host.Platform;

namespace NativePlugins.Cli;

/// <summary>Builds a plugin's project, again and again.</summary>
internal abstract class ProjectBuild : IDisposable
{
    // Files bear the time of a clock that ticks every few milliseconds; a build takes longer than that to end.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(10);

    private readonly ProcessDirectory _directory;
    private byte[] _accepted = [];
    private byte[] _built = [];

    protected ProjectBuild(string project, bool isDirectory = false)
    {
        Project = Path.GetFullPath(project);
        if (!(isDirectory ? Directory.Exists(Project) : File.Exists(Project)))
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
    }

    public string ProjectDirectory => Directory.Exists(Project) ? Project : Path.GetDirectoryName(Project)!;

    /// <summary>The path of what was built, once there is one.</summary>
    public string Library { get; private set; } = "";

    /// <summary>What the last build has read that came to list it; null if none did.</summary>
    public BuildInputs? Inputs { get; private set; }

    /// <summary>When the last build had ended, UTC: what is written later it has not written itself.</summary>
    public DateTime Ended { get; private set; }

    /// <summary>The project file, or the directory in which a command builds. Absolute.</summary>
    protected string Project { get; }

    /// <summary>The directory of this process's, which is removed at its end.</summary>
    protected string PrivateDirectory => _directory.Path;

    /// <summary>Where the programs of a build run.</summary>
    protected BuildPlace Place => new(ProjectDirectory, Path.Combine(PrivateDirectory, "tmp"));

    /// <summary>Told each step of a build as it begins, on any thread.</summary>
    public Action<string> Doing { get; set; } = _ => { };

    /// <summary>What a build takes now that these files have changed.</summary>
    /// <param name="changed">Empty for the first build.</param>
    /// <param name="cancellationToken">Ends the wait for what is still to be found out about the last build.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public abstract BuildPlan Plan(IReadOnlyCollection<string> changed, CancellationToken cancellationToken);

    /// <summary>Builds; false if what comes out is what was accepted last.</summary>
    /// <param name="plan">What <see cref="Plan"/> has said of the same changes.</param>
    /// <param name="changed">What has changed since the last build; empty for the first one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CliException">It could not be built, or is no plugin's project.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the build was ended.</exception>
    public bool Run(BuildPlan plan, IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
    {
        Library = (plan.IsCompile ? CompileOnly(changed, cancellationToken) : null) ?? BuildWhole(changed, cancellationToken);
        _built = File.ReadAllBytes(Library);
        return !_built.AsSpan().SequenceEqual(_accepted);
    }

    /// <summary>What was built last serves. Until then the same library counts as new: what was in its way may have gone.</summary>
    public void Accept() => _accepted = _built;

    public virtual void Dispose() => _directory.Dispose();

    /// <summary>All of it is about to be built.</summary>
    /// <param name="changed">What has changed since the last build; empty for the first one.</param>
    /// <exception cref="IOException">The directory of this process's cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    protected abstract void Prepare(IReadOnlyCollection<string> changed);

    /// <summary>Builds all of it.</summary>
    /// <returns>The library's path, or what the build wrote if it failed.</returns>
    protected abstract (string? Library, string Text) Build(CancellationToken cancellationToken);

    /// <summary>What the build has read that has just ended, well or not; null if it did not come to say so.</summary>
    protected abstract BuildInputs? ReadInputs();

    /// <summary>What of the text of a failed build somebody needs to see.</summary>
    protected virtual string ErrorsIn(string text) => BuildErrors.Of(text);

    /// <summary>All of it has been built well, and <see cref="Inputs"/> says what was read.</summary>
    protected virtual void Listed()
    {
    }

    /// <summary>Does only what concerns sources. Called where <see cref="Plan"/> says that this is enough.</summary>
    /// <returns>As <see cref="Build"/>; null if it turns out that all has to be built.</returns>
    protected virtual (string? Library, string Text)? Compile(CancellationToken cancellationToken) => null;

    private string? CompileOnly(IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
    {
        // As the compiler is about to see them: what is saved from here on it may not have seen.
        Inputs?.See(changed);
        return Check(() => Compile(cancellationToken));
    }

    private string BuildWhole(IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
    {
        // One that ends before it lists anything, as without the SDK that global.json asks for, is mended in the same files.
        BuildInputs? before = Inputs;
        Inputs = null;
        try
        {
            Prepare(changed);
            Library = Check(() => Build(cancellationToken))!;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliErrors.NoBuildDirectory(e);
        }
        finally
        {
            Inputs = ReadInputs() ?? before;
        }

        Listed();
        return Library;
    }

    private string? Check(Func<(string? Library, string Text)?> build)
    {
        try
        {
            return build() is not { } built ? null
                : built.Library ?? throw CliErrors.BuildFailed(Project, ErrorsIn(built.Text));
        }
        finally
        {
            Ended = DateTime.UtcNow - s_tick;
        }
    }
}
