namespace NativePlugins.Cli;

/// <summary>
/// Publishes the project into a private directory, as it is shipped: with <c>dotnet publish</c>. While only its sources change, the commands
/// by which that has made the library are run again.
/// </summary>
internal sealed class NativeBuild : DotnetBuild
{
    private const string NotTried = "the steps of the last one are not known to make the same library";

    private readonly string _output;
    private CompilerServer? _server;
    private CompilerCommand? _compiler;
    private NativeReplay? _replay;
    private CancellationTokenSource _trialEnd = new();
    private Task<bool> _trial = Task.FromResult(false);
    private string _whyNot = "";

    public NativeBuild(string project)
        : base(project) => _output = Path.Combine(PrivateDirectory, "publish");

    public override BuildPlan Plan(IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
        {
            return BuildPlan.Whole;
        }

        if (_compiler is null || _replay is null)
        {
            return BuildPlan.Because(_whyNot);
        }

        BuildPlan plan = _compiler.Plan(changed, Inputs);
        if (!plan.IsCompile)
        {
            return plan;
        }

        if (_replay.WhyNot is string why)
        {
            return BuildPlan.Because(why);
        }

        // Seldom under way still; even then it is done sooner than another publish.
        _trial.Wait(cancellationToken);
        return _trial.Result ? plan : BuildPlan.Because(NotTried);
    }

    public override void Dispose()
    {
        EndTrial();
        _trialEnd.Dispose();
        _server?.Dispose();
        base.Dispose();
    }

    protected override string[] Settings => ["-p:Configuration=Release"];

    protected override (string? Library, string Text) BuildListed(CancellationToken cancellationToken)
    {
        EndTrial();
        (_compiler, _replay, _whyNot) = (null, null, "the last one failed");
        Doing("dotnet publish");
        (int status, string text) = BuildProcess.Run(
            Place,
            "dotnet",
            [
                "publish", Project, "-nologo", "-v:quiet", $"-p:PublishDir={_output}{Path.DirectorySeparatorChar}", .. ListArguments, .. CompilerServer.BuildArguments(_server),
            ],
            cancellationToken);
        return (status == 0 ? FindLibrary() : null, text);
    }

    protected override void Listed()
    {
        try
        {
            PrepareReplay();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The build is good all the same.
            (_replay, _whyNot) = (null, $"what the last one has listed cannot be read: {e.Message}");
        }
    }

    protected override (string? Library, string Text)? Compile(CancellationToken cancellationToken)
    {
        try
        {
            return _replay!.Run(_server!, Doing, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private void PrepareReplay()
    {
        if (Inputs is null || (_compiler = CompilerCommand.Read(Lists)) is null)
        {
            _whyNot = "the last one did not say how it compiles";
            return;
        }

        NativeCommands? native = null;
        if ((_compiler.WhyNotAgain(Lists) ?? NativeCommands.Read(Lists, Place, Path.Combine(PrivateDirectory, "again"), out native)) is string why)
        {
            _whyNot = why;
            return;
        }

        NativeReplay replay = _replay = NativeReplay.Of(_compiler, native!, Inputs, Place, Library);
        CancellationToken end = _trialEnd.Token;
        string compiled = Path.Combine(Lists, BuildInputsTarget.Compiled);
        _trial = Task.Run(() => TryOut(replay, compiled, end), CancellationToken.None);
        _server = CompilerServer.For(_compiler, Place, _server, Path.Combine(PrivateDirectory, "warm"));
    }

    private static bool TryOut(NativeReplay replay, string assembly, CancellationToken end)
    {
        try
        {
            return replay.TryOut(assembly, end);
        }
        catch (Exception)
        {
            // The next build is a publish then, which says what is wrong.
            return false;
        }
    }

    private void EndTrial()
    {
        _trialEnd.Cancel();
        _trial.Wait();
        _trialEnd.Dispose();
        (_trialEnd, _trial) = (new CancellationTokenSource(), Task.FromResult(false));
    }

    /// <summary>The plugin that publishing has left: beside its manifest.</summary>
    private string FindLibrary()
    {
        string[] manifests = Directory.Exists(_output) ? Directory.GetFiles(_output, "*.plugin.json") : [];
        string[] libraries = manifests.Length != 1
            ? []
            : [.. Directory.GetFiles(_output, Path.GetFileName(manifests[0])[..^".plugin.json".Length] + ".*")
                .Where(file => Path.GetExtension(file) is ".so" or ".dylib" or ".dll")];
        return libraries.Length == 1 ? libraries[0]
            : throw CliErrors.NoPluginBuilt(Project, "one library with its manifest, libX.plugin.json", $"{manifests.Length} manifests");
    }
}
