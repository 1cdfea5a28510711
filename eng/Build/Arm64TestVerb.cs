namespace NativePlugins.Build;

/// <summary>
/// <c>test-arm64</c>: builds the host, the samples and the tests' own plugins and applications for linux-arm64, and runs the tests that need
/// nothing but such programs: on an x64 machine under qemu. Ends with <c>N passed, N failed</c>.
/// </summary>
internal static class Arm64TestVerb
{
    private const string TargetVariable = "NATIVE_PLUGINS_TEST_TARGET";

    // Tests that run published programs; none that load plugins into their own process, or into one under the JIT.
    private const string Category = "Category=Published&Category!=OwnProcessor";

    private static readonly string[] s_projects = ["NativePlugins.EndToEnd.Tests", "NativePlugins.Contracts.Tests"];

    // Those that need the host and the samples only, and none of the tests' own applications.
    private const string Part = "FullyQualifiedName~GreetingTests|FullyQualifiedName~EndToEnd.Tests.ListTests|FullyQualifiedName~HostWatchTests";

    public static int Run(Workspace workspace, string? filter)
    {
        var target = workspace.For(CrossTarget.Arm64);
        CrossTarget.Arm64.Require(target);
        using (CompilerServer.Start(workspace))
        {
            BuildVerb.Build(target).Fixtures();
            foreach (var project in s_projects)
            {
                Step.Run($"build {project}", () => Tool.Require(
                    workspace, "Mend what the errors above name; no test has run.",
                    "dotnet", "build", Path.Combine("tests", project), "--configuration", "Release", "-nologo", "-v:quiet"));
            }
        }

        return TestVerb.Report(Test(workspace, target, s_projects, filter));
    }

    /// <summary>A part of it, with tests that are built: some minutes less. Skipped, with the reason, where such programs do not run.</summary>
    public static TestSummary RunPart(Workspace workspace)
    {
        var target = workspace.For(CrossTarget.Arm64);
        if (CrossTarget.Arm64.Obstacle(target) is string obstacle)
        {
            return TestSummary.Empty with { Skipped = [new TestNote("test-arm64", obstacle.Split('\n')[0])] };
        }

        using (CompilerServer.Start(workspace))
        {
            BuildVerb.Build(target);
        }

        return Test(workspace, target, s_projects[..1], Part);
    }

    private static TestSummary Test(Workspace workspace, Workspace target, IEnumerable<string> projects, string? filter)
    {
        Environment.SetEnvironmentVariable(TargetVariable, target.Target!.Rid);
        Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
        var results = Path.Combine(target.Artifacts, "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        Directory.CreateDirectory(results);
        try
        {
            var summary = projects.Select(project => TestVerb.RunProject(workspace, project, results, filter is null ? Category : $"({Category})&({filter})"))
                .Aggregate(TestSummary.Empty, (sum, next) => sum + next);
            if (filter is null)
            {
                File.WriteAllText(Path.Combine(results, TestCounts.Whole), "");
            }

            return summary;
        }
        finally
        {
            Environment.SetEnvironmentVariable(TargetVariable, null);
        }
    }
}
