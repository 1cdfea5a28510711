namespace NativePlugins.Build;

/// <summary>
/// <c>test-windows</c>: builds for win-x64, runs the tests for Windows (under Wine, or on Windows as they are), and ends with
/// <c>N passed, N failed</c>.
/// </summary>
internal static class WindowsTestVerb
{
    // What a name that is not ASCII becomes depends on the locale that Wine runs in; Ctrl-C needs a console of its own.
    // On Windows nothing is linked with the parts that the category "link" tests.
    private static readonly (string Locale, string Category)[] s_runs =
        [("C.UTF-8", "every"), ("C.UTF-8", "interrupt"), .. OperatingSystem.IsWindows() ? [] : new[] { ("C.UTF-8", "link") }, ("C", "locale")];

    public static int Run(Workspace workspace)
    {
        Require(workspace);
        return TestVerb.Report(Execute(workspace));
    }

    /// <summary>Ends the build where the tests could not be run: said before anything is built for them.</summary>
    public static void Require(Workspace workspace)
    {
        string[] packages =
        [
            .. new Wine(workspace).IsAvailable ? [] : new[] { "wine64" },
            .. WindowsMaterial.HasCompilers ? [] : new[] { "gcc-mingw-w64-x86-64", "g++-mingw-w64-x86-64" },
            .. WindowsLink.Missing,
        ];
        if (packages.Length > 0)
        {
            throw new BuildException($"the tests for Windows need more. Debian, Ubuntu: apt-get install {string.Join(' ', packages)}", ExitCode.PrerequisiteMissing);
        }
    }

    public static TestSummary Execute(Workspace workspace)
    {
        var wine = new Wine(workspace);
        Directory.CreateDirectory(workspace.Artifacts);
        var framework = AotFramework.Require(workspace, Prerequisites.FindSdk(workspace));
        Step.Note($"the host for Windows targets {framework}: self-contained under the JIT, and compiled by NativeAOT");
        var material = new WindowsMaterial(workspace);
        material.Build();
        Step.Run("prepare Wine", wine.Prepare);
        try
        {
            return s_runs.Select(run => RunTests(workspace, wine, material, run.Locale, run.Category))
                .Aggregate(TestSummary.Empty, (sum, next) => sum + next);
        }
        finally
        {
            wine.Leave();
        }
    }

    private static TestSummary RunTests(Workspace workspace, Wine wine, WindowsMaterial material, string locale, string category) =>
        Step.Run($"test {WindowsMaterial.TestProject}, {category}, LC_ALL={locale}", () =>
        {
            var results = Path.Combine(workspace.Artifacts, "test-results");
            Directory.CreateDirectory(results);
            var report = Path.Combine(results, $"{WindowsMaterial.TestProject}.{category}.trx");
            File.Delete(report);
            Environment.SetEnvironmentVariable("LC_ALL", locale);
            var run = wine.Run(material.Tests, report, category);

            // Under Wine a program that dies can still end with status 0.
            run = File.Exists(report) ? run : run with { ExitCode = ExitCode.Failed };
            File.WriteAllText(Path.ChangeExtension(report, ".log"), run.Output);
            var summary = TestSummary.Read(WindowsMaterial.TestProject, report, run);
            Step.Note($"{summary}, log in {workspace.Relative(results)}/{Path.GetFileNameWithoutExtension(report)}.log");
            foreach (var line in run.Output.Split('\n').Where(line => line.StartsWith("behaviours: ", StringComparison.Ordinal)))
            {
                Step.Note(line.TrimEnd());
            }

            return summary;
        });
}
