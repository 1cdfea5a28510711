namespace NativePlugins.Build;

/// <summary><c>bench</c>: builds, then runs the benchmarks, which print a table and write <c>artifacts/bench/results.json</c>.</summary>
internal static class BenchVerb
{
    private const string Project = "tests/bench/NativePlugins.Bench";

    public static int Run(Workspace workspace)
    {
        BuildVerb.Run(workspace);
        Step.Run($"build {Project}", () => Tool.Require(
            workspace, "Mend what the errors above name.", "dotnet", "build", Project, "--configuration", "Release", "-nologo", "-v:quiet"));
        return Tool.Attach(workspace, "dotnet", "run", "--project", Project, "--configuration", "Release", "--no-build");
    }
}
