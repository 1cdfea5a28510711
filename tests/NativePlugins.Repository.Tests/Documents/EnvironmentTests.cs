using System.Text.RegularExpressions;

namespace NativePlugins.Repository.Tests.Documents;

/// <summary>docs/environment.md: each row of its table has tests, and each variable that the product reads has a row.</summary>
public partial class EnvironmentTests
{
    private const string General = "No_variable_changes_what_runs_or_is_written";

    // Read by the loaders of macOS and Windows alone, so no row that this system can test has them.
    private static readonly string[] s_elsewhere = ["DYLD_LIBRARY_PATH", "SystemRoot"];

    private static string[][] Rows { get; } =
    [
        .. RepositoryFiles.Text("docs/environment.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];

    [Fact]
    public void Every_row_names_tests_that_there_are()
    {
        string tests = string.Concat(RepositoryFiles.Named(".cs").Where(file => file.StartsWith("tests/", StringComparison.Ordinal)).Select(RepositoryFiles.Text));
        Assert.NotEmpty(Rows);

        Assert.All(Rows, row => Assert.NotEmpty(Words(row[^1])));
        Assert.All(Rows.SelectMany(row => Words(row[^1])), name => Assert.Contains($"void {name}(", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void The_test_of_all_variables_has_every_one_that_names_it()
    {
        string test = RepositoryFiles.Text("tests/NativePlugins.EndToEnd.Tests/Commands/SecureExecutionTests.cs");

        var missing = Rows.Where(row => Words(row[^1]).Contains(General)).SelectMany(row => Words(row[0]))
            .Where(variable => !test.Contains($"\"{variable}=", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_variable_that_the_product_reads_has_a_row()
    {
        var read = RepositoryFiles.Named(".cs").Where(file => file.StartsWith("host/", StringComparison.Ordinal))
            .SelectMany(file => Variable().Matches(RepositoryFiles.Text(file)).Select(match => match.Groups[1].Value));

        Assert.Empty(read.Except(Rows.SelectMany(row => Words(row[0]))).Except(s_elsewhere));
    }

    private static string[] Words(string cell) => [.. Word().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([A-Za-z0-9_]+)`")]
    private static partial Regex Word();

    // The name of a variable in a call, or in a constant whose own name ends in Variable.
    [GeneratedRegex("(?:GetEnvironmentVariable\\(|Variable = )\\s*\"([A-Za-z_]+)\"")]
    private static partial Regex Variable();
}
