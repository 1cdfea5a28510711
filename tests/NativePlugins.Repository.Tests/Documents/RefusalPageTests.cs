using System.Text.RegularExpressions;

namespace NativePlugins.Repository.Tests.Documents;

/// <summary>The page of what the system's loader refuses: each row has a test, or says why there can be none.</summary>
public partial class RefusalPageTests
{
    private const string Page = "docs/loader-refusals.md";

    private static readonly string s_tests = string.Concat(
        RepositoryFiles.Named(".cs").Where(file => file.StartsWith("tests/", StringComparison.Ordinal)).Select(RepositoryFiles.Text));

    private static IEnumerable<string[]> Rows => RepositoryFiles.Text(Page).Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Refusal |", StringComparison.Ordinal) && !line.StartsWith("| Limit |", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | "));

    [Fact]
    public void Each_row_names_tests_that_exist_or_the_reason_for_which_there_is_none()
    {
        var wrong = Rows.Where(row => row.Length != 4 || !(HasReason(row[3]) || (NamesOf(row[3]).Length > 0 && Array.TrueForAll(NamesOf(row[3]), Exists))))
            .Select(row => string.Join(" | ", row));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Each_row_has_an_error_of_the_catalogue()
    {
        string errors = RepositoryFiles.Text("docs/errors.md");
        var unknown = Rows.SelectMany(row => Code().Matches(row.Length > 2 ? row[2] : "").Select(match => match.Value).DefaultIfEmpty("no code in: " + string.Join(" | ", row)))
            .Where(code => !errors.Contains($"[{code}](#", StringComparison.Ordinal));

        Assert.Empty(unknown);
    }

    [Fact]
    public void Each_pair_of_the_corpus_stands_on_the_page()
    {
        string page = RepositoryFiles.Text(Page);
        IEnumerable<string> pairs = RepositoryFiles.Named("Pairs.cs").SelectMany(file => PairName().Matches(RepositoryFiles.Text(file)).Select(match => match.Groups[1].Value)).Distinct();

        Assert.True(pairs.Count() >= 80, $"{pairs.Count()} pairs");
        Assert.DoesNotContain(pairs, pair => !page.Contains($"`{pair}`", StringComparison.Ordinal));
    }

    private static bool HasReason(string cell) => cell.StartsWith("— ", StringComparison.Ordinal) && cell.Length > 20;

    private static string[] NamesOf(string cell) => [.. cell.Split(", ").Select(name => name.Trim().Trim('`'))];

    /// <summary>Whether there is a test method, or a pair of the corpus, of this name.</summary>
    private static bool Exists(string name) =>
        s_tests.Contains($" {name}(", StringComparison.Ordinal) || s_tests.Contains($"(\"{name}\",", StringComparison.Ordinal)
        || s_tests.Contains($"new(\"{name}\"", StringComparison.Ordinal) || Regex.IsMatch(s_tests, $"\\(\\s*\"{Regex.Escape(name)}\"");

    [GeneratedRegex("NP[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("(?:new|Edit|Tls|Level|Provider|RunPath|First|Token|Placed|Needed|Change|Filter)\\(\\s*\"([a-z][a-z-]+)\"")]
    private static partial Regex PairName();
}
