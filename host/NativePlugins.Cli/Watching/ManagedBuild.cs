namespace NativePlugins.Cli;

/// <summary>
/// Builds the project's managed assembly, as <c>dotnet build</c> does. While only its sources change, only the compiler runs, with the
/// command line that the last whole build has given it.
/// </summary>
internal sealed class ManagedBuild(string project) : ProjectBuild(project)
{
    private CompilerCommand? _compiler;
    private CompilerServer? _server;

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

        if (CompilerCommand.Read(Lists) is not { } compiler)
        {
            return (null, "The C# compiler of the .NET SDK did not run for it. With --native it is published, whatever compiles it.");
        }

        _compiler = compiler;
        if (_server?.Compiler != compiler.Compiler)
        {
            _server?.Dispose();
            CompilerServer server = _server = new CompilerServer(compiler.Compiler, ProjectDirectory);
            server.WarmUp(end => Compile(
                compiler, server, [$"-out:{Path.Combine(PrivateDirectory, "warm.dll")}", $"-refout:{Path.Combine(PrivateDirectory, "warm_ref.dll")}"], end));
        }

        return (compiler.Library, text);
    }

    protected override (string? Library, string Text) Compile(CancellationToken cancellationToken)
    {
        (int status, string text) = Compile(_compiler!, _server!, [], cancellationToken);
        if (status != 0)
        {
            return (null, text);
        }

        try
        {
            _compiler!.CopyOutput();
            return (_compiler.Library, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    public override void Dispose()
    {
        _server?.Dispose();
        base.Dispose();
    }

    private (int Status, string Text) Compile(CompilerCommand compiler, CompilerServer server, string[] further, CancellationToken cancellationToken) =>
        DotnetCommand.Run(
            ProjectDirectory, ["exec", compiler.Compiler, "-nologo", "-noconfig", .. server.Arguments, $"@{compiler.ResponseFile}", .. further], cancellationToken);
}
