using NativePlugins.Contracts.Generators;

namespace NativePlugins.Contracts.Tests.Generation;

public class TypeReferenceTests
{
    private const string Start = "<!-- types: made from the shapes of the generator -->\n", End = "<!-- end of types -->";

    [Fact]
    public void The_table_of_types_is_what_the_shapes_say()
    {
        string path = Repository.PathOf("docs/contracts.md"), page = File.ReadAllText(path).ReplaceLineEndings("\n");
        int start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        string expected = page[..start] + "\n" + TypeTable.Markdown + "\n" + page[end..];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page = expected);
        }

        Assert.True(expected == page, "The table in docs/contracts.md is not what the shapes say: write it anew with UPDATE_DOCS=1 ./build.sh test --filter Reference, and commit it.");
    }
}
