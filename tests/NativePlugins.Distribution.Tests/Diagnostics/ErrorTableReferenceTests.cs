namespace NativePlugins.Distribution.Tests.Diagnostics;

public class ErrorTableReferenceTests
{
    private const string Head = "| Code | |\n|---|---|\n";

    [Fact]
    public void The_table_of_errors_is_what_the_catalogue_says()
    {
        string path = RepositoryRoot.PathOf("docs/distribution.md"), page = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = page.IndexOf(Head, StringComparison.Ordinal) + Head.Length, end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;
        string expected = page[..start] + string.Concat(DistributionErrors.All.Select(error => $"| {error.Code} | {error.Title} |\n")) + page[end..];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page = expected);
        }

        Assert.True(expected == page, "The table in docs/distribution.md is not what DistributionErrors says: write it anew with UPDATE_DOCS=1 ./build.sh test --filter Reference, and commit it.");
    }
}
