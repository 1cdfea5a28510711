namespace NativePlugins.Cli;

/// <summary>
/// Builds the project's managed assembly, as <c>dotnet build</c> does. While only its sources change, only the compiler runs, with the
/// command line that the last whole build has given it.
/// </summary>
internal sealed class ManagedBuild(string project) : ProjectBuild(project)
{
    private CompilerCommand? _compiler;
    private CompilerServer? _server;
    private CancellationTokenSource _end = new();
    private Task? _warmUp;

    public override BuildPlan Plan(IReadOnlyCollection<string> changed) =>
        changed.Count == 0 ? BuildPlan.Whole
        : _compiler is null ? new BuildPlan(IsCompile: false, "the last one failed")
        : changed.FirstOrDefault(path => !File.Exists(path)) is string gone ? new BuildPlan(IsCompile: false, $"{Path.GetFileName(gone)} is gone")
        : changed.FirstOrDefault(path => !_compiler.Sources.Contains(path)) is string other
            ? new BuildPlan(IsCompile: false, $"{Path.GetFileName(other)} is no source that the last build has compiled into the plugin")
        : new BuildPlan(IsCompile: true);

    protected override (string? Library, string Text) Build(CancellationToken cancellationToken)
    {
        _compiler = null;
        File.WriteAllText(Path.Combine(Lists, BuildInputsTarget.ForceFile), "");
        (int status, string text) = DotnetCommand.Run(
            ProjectDirectory,
            [
                "build", Project, "-nologo", "-v:quiet", "-p:Configuration=Debug", "-p:CopyLocalLockFileAssemblies=true", "-p:ProvideCommandLineArgs=true",
                $"-p:{BuildInputsTarget.ProjectProperty}={Project}", .. ListArguments, .. CompilerServer.BuildArguments(_server),
            ],
            cancellationToken);
        if (status != 0)
        {
            return (null, text);
        }

        _compiler = CompilerCommand.Read(Lists) ?? throw CliErrors.NoPluginBuilt(Project, manifests: 0);
        if (_server?.Compiler != _compiler.Compiler)
        {
            EndServer();
            _server = new CompilerServer(_compiler.Compiler, ProjectDirectory);
            _warmUp = Task.Run(WarmUp, CancellationToken.None);
        }

        return (_compiler.Library, text);
    }

    protected override (string? Library, string Text) Compile(CancellationToken cancellationToken)
    {
        (int status, string text) = Compile([], cancellationToken);
        if (status != 0)
        {
            return (null, text);
        }

        _compiler!.CopyOutput();
        return (_compiler.Library, text);
    }

    public override void Dispose()
    {
        EndServer();
        base.Dispose();
    }

    private (int Status, string Text) Compile(string[] further, CancellationToken cancellationToken) => DotnetCommand.Run(
        ProjectDirectory, ["exec", _compiler!.Compiler, "-nologo", "-noconfig", .. _server!.Arguments, $"@{_compiler.ResponseFile}", .. further], cancellationToken);

    /// <summary>Lets the server compile once to nowhere, before somebody waits for it: its first time takes some seconds.</summary>
    private void WarmUp()
    {
        try
        {
            _server!.WaitUntilReady(_end.Token);
            Compile([$"-out:{Path.Combine(PrivateDirectory, "warm.dll")}", $"-refout:{Path.Combine(PrivateDirectory, "warm_ref.dll")}"], _end.Token);
        }
        catch (Exception e) when (e is CliException or OperationCanceledException)
        {
            // Then the first compilation takes longer.
        }
    }

    private void EndServer()
    {
        _end.Cancel();
        _warmUp?.Wait();
        _server?.Dispose();
        _end.Dispose();
        _end = new CancellationTokenSource();
    }
}
