using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NativePlugins.Repository.Tests;

/// <summary>The build program's own command line.</summary>
public partial class BuildProgramTests
{
    [Theory]
    [InlineData("--csharp", "891", "--csharp takes 0 to 890, not 891.")]
    [InlineData("--csharp", "-1", "--csharp takes 0 to 890, not -1.")]
    [InlineData("--c", "-1", "--c takes 0 or more, not -1.")]
    [InlineData("--c", "many", "'many'")]
    public void Torture_refuses_a_number_of_reloads_that_it_cannot_do_before_it_builds(string option, string value, string message)
    {
        (int status, string output) = Run("torture", option, value);

        Assert.Equal(64, status);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain(" … ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Storm_refuses_a_time_that_is_none_before_it_builds()
    {
        (int status, string output) = Run("storm", "--seconds", "0");

        Assert.Equal(64, status);
        Assert.Contains("--seconds takes 1 or more, not 0.", output, StringComparison.Ordinal);
        Assert.DoesNotContain(" … ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_for_Windows_that_cannot_run_are_refused_before_anything_is_built()
    {
        (int status, string output) = Run(environment: new() { ["PATH"] = "" }, "test", "--with-windows");

        Assert.Equal(69, status);
        Assert.Contains("mingw-w64", output, StringComparison.Ordinal);
        Assert.DoesNotContain(" … ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verb_has_a_row_in_CONTRIBUTING()
    {
        string[] verbs = [.. Verb().Matches(Run("--help").Output).Select(match => match.Groups[1].Value)];
        string[] rows = [.. Row().Matches(RepositoryFiles.Text("CONTRIBUTING.md")).Select(match => match.Groups[1].Value).Distinct()];

        Assert.Contains("torture", verbs);
        Assert.Equal(verbs.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("conform", "--mutants N")]
    [InlineData("test", "--with-windows")]
    public void An_option_stands_in_the_help_and_in_CONTRIBUTING(string verb, string option)
    {
        Assert.Contains(option, Space().Replace(Run(verb, "--help").Output, " "), StringComparison.Ordinal);
        Assert.Matches($"(?m)^\\| `{verb} .*{option}", RepositoryFiles.Text("CONTRIBUTING.md"));
    }

    [Fact]
    public void The_table_of_platforms_is_what_the_records_say()
    {
        Assert.Equal((0, ""), Run("platforms", "--check"));
    }

    private static (int Status, string Output) Run(params string[] arguments) => Run([], arguments);

    private static (int Status, string Output) Run(Dictionary<string, string> environment, params string[] arguments)
    {
        // Of the configuration of these tests: artifacts/bin/PROJECT/CONFIGURATION.
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = Path.Combine(own.Parent!.Parent!.FullName, "Build", own.Name, "Build.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments]);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        ProgramRun run = ProgramRun.Of(start);
        return (run.ExitCode, run.AllOutput);
    }

    [GeneratedRegex("^  ([a-z-]+) .*$", RegexOptions.Multiline)]
    private static partial Regex Verb();

    [GeneratedRegex(@"^\| `([a-z-]+)[ `]", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
