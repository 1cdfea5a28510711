namespace NativePlugins.Cli;

/// <summary>
/// Builds the project's managed assembly, as <c>dotnet build</c> does. While only its sources change, only the compiler runs, with the
/// command line that the last whole build has given it.
/// </summary>
internal sealed class ManagedBuild(string project) : DotnetBuild(project)
{
    private CompilerCommand? _compiler;
    private CompilerServer? _server;

    public override BuildPlan Plan(IReadOnlyCollection<string> changed, CancellationToken cancellationToken) =>
        changed.Count == 0 ? BuildPlan.Whole
        : _compiler is null ? BuildPlan.Because("the last one failed")
        : _compiler.Plan(changed, Inputs);

    protected override string[] Settings => ["-p:Configuration=Debug", "-p:CopyLocalLockFileAssemblies=true"];

    protected override (string? Library, string Text) BuildListed(CancellationToken cancellationToken)
    {
        _compiler = null;
        Doing("dotnet build");
        (int status, string text) = BuildProcess.Run(
            Place,
            "dotnet",
            [
                "build", Project, "-nologo", "-v:quiet", .. Settings, .. ListArguments,
                .. CompilerServer.BuildArguments(_server),
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
        _server = CompilerServer.For(compiler, Place, _server, Path.Combine(PrivateDirectory, "warm"));
        return (compiler.Library, text);
    }

    protected override (string? Library, string Text)? Compile(CancellationToken cancellationToken)
    {
        Doing("compiling");
        (int status, string text) = _compiler!.Run(Place, _server!, [], cancellationToken);
        if (status != 0)
        {
            return (null, text);
        }

        try
        {
            _compiler.CopyOutput();
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
}
