using System.Diagnostics;

namespace NativePlugins.Repository.Tests;

public class LinterTests
{
    [LinterFact("shellcheck")]
    public void Shellcheck_finds_nothing_in_the_scripts() =>
        Assert.Equal("", Lint("shellcheck", "build.sh", ".ci/run"));

    [LinterFact("actionlint")]
    public void Actionlint_finds_nothing_in_the_workflow() =>
        Assert.Equal("", Lint("actionlint", ".github/workflows/ci.yml"));

    private static string Lint(string linter, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(linter, arguments) { RedirectStandardOutput = true, WorkingDirectory = RepositoryFiles.Root })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
