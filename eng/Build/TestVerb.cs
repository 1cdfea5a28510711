namespace NativePlugins.Build;

/// <summary><c>test</c>: builds, runs every test project, and ends with <c>N passed, N failed</c>.</summary>
internal static class TestVerb
{
    // A test that hangs ends its project's run with its name, instead of holding up the build for ever.
    private const string HangTimeout = "1800s";

    // The first one that is set decides which characters file names may have (POSIX, XBD 8.2).
    private static readonly string[] s_locales = ["LC_ALL", "LC_CTYPE", "LANG"];

    public static int Run(Workspace workspace, string? filter, bool withWindows, bool withArm64)
    {
        if (withWindows)
        {
            WindowsTestVerb.Require(workspace);
        }

        using (CompilerServer.Start(workspace))
        {
            BuildAll(workspace);
        }

        // Tests pass in every language; but they start programs of the system with file names that are not ASCII, which needs UTF-8.
        if (OperatingSystem.IsLinux() && !IsLocaleOfUtf8())
        {
            Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");
        }

        var results = Path.Combine(workspace.Artifacts, "test-results");
        if (Directory.Exists(results))
        {
            Directory.Delete(results, recursive: true);
        }

        Directory.CreateDirectory(results);

        var total = TestProjects(workspace)
            .Select(project => RunProject(workspace, project, results, filter))
            .Aggregate(TestSummary.Empty, (sum, next) => sum + next);
        if (filter is null)
        {
            File.WriteAllText(Path.Combine(results, TestCounts.Whole), "");
        }

        total = withArm64 ? total + Elsewhere("test-arm64", () => Arm64TestVerb.RunPart(workspace)) : total;
        return Report(withWindows ? total + Elsewhere(WindowsMaterial.TestProject, () => WindowsTestVerb.Execute(workspace)) : total);
    }

    private static void BuildAll(Workspace workspace)
    {
        var managed = BuildVerb.Build(workspace);
        managed.Fixtures();
        SampleVerb.Build(workspace, managed);
        PackVerb.PackForTests(workspace, Prerequisites.Find(workspace).SdkVersion);
        Step.Run("build the tests", () => Tool.Require(
            workspace, "Mend what the errors above name; no test has run.",
            "dotnet", "build", workspace.Solution, "--configuration", "Release", "-nologo", "-v:quiet"));
    }

    private static bool IsLocaleOfUtf8() =>
        s_locales.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is string locale
        && (locale.EndsWith(".UTF-8", StringComparison.OrdinalIgnoreCase) || locale.EndsWith(".utf8", StringComparison.OrdinalIgnoreCase));

    /// <summary>What was counted before is told, whatever becomes of these: a build for another system that fails is one failure.</summary>
    private static TestSummary Elsewhere(string name, Func<TestSummary> run)
    {
        try
        {
            return run();
        }
        catch (Exception failure) when (failure is BuildException or IOException or UnauthorizedAccessException)
        {
            return TestSummary.Empty with { Failed = [new TestNote(name, failure.Message)] };
        }
    }

    /// <summary>The projects under <c>tests/</c> whose name ends in <c>.Tests</c>, but the one that only Windows runs.</summary>
    private static IEnumerable<string> TestProjects(Workspace workspace) =>
        workspace.Files("tests", "*.Tests.csproj").Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(project => project != WindowsMaterial.TestProject);

    /// <summary>Runs the tests of a project that is built.</summary>
    /// <param name="workspace">The repository.</param>
    /// <param name="project">Its name.</param>
    /// <param name="results">The folder that its report and its log go to.</param>
    /// <param name="filter">In the syntax of <c>dotnet test --filter</c>; all if null.</param>
    public static TestSummary RunProject(Workspace workspace, string project, string results, string? filter)
    {
        var assembly = Path.Combine(workspace.Artifacts, "bin", project, "release", project + ".dll");
        var report = Path.Combine(results, project + ".trx");
        string[] filtered = filter is null ? [] : ["--filter", filter];
        return Step.Run($"test {project}", () =>
        {
            var run = Tool.Capture(
                workspace, "dotnet",
                ["test", assembly, "--nologo", "--results-directory", results, "--logger", $"trx;LogFileName={project}.trx",
                 $"--blame:CollectHangDump;TestTimeout={HangTimeout};HangDumpType=none", .. filtered]);
            File.WriteAllText(Path.Combine(results, project + ".log"), run.Output);
            var summary = TestSummary.Read(project, report, run);
            Step.Note($"{summary}, log in {workspace.Relative(results)}/{project}.log");
            return summary;
        });
    }

    public static int Report(TestSummary total)
    {
        Console.WriteLine();
        foreach (var (reason, tests) in total.Skipped.GroupBy(test => test.Text).Select(group => (group.Key, group.ToList())))
        {
            Console.WriteLine($"skipped: {reason}");
            tests.ForEach(test => Console.WriteLine($"  {test.Name}"));
        }

        foreach (var test in total.Failed)
        {
            Console.WriteLine($"failed: {test.Name}");
            Console.WriteLine($"  {test.Text.TrimEnd().ReplaceLineEndings("\n  ")}");
        }

        if (total.Passed + total.Failed.Count == 0)
        {
            Console.WriteLine("no test has run: that is a failure too");
        }

        Console.WriteLine(total);
        return total.Failed.Count == 0 && total.Passed > 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
