using NativePlugins.Contracts.Generators;

namespace NativePlugins.Contracts.Tests.Generation;

public class TypeReferenceTests
{
    [Theory]
    [InlineData("docs/contracts.md", "types")]
    [InlineData("docs/contracts-cpp.md", "c++ types")]
    [InlineData("docs/contracts-rust.md", "rust types")]
    public void The_table_of_types_is_what_the_shapes_say(string document, string name)
    {
        string path = Repository.PathOf(document), page = File.ReadAllText(path).ReplaceLineEndings("\n");
        string startMark = $"<!-- {name}: made from the shapes of the generator -->\n", endMark = $"<!-- end of {name} -->";
        int start = page.IndexOf(startMark, StringComparison.Ordinal) + startMark.Length, end = page.IndexOf(endMark, StringComparison.Ordinal);
        string expected = page[..start] + "\n" + Table(name) + "\n" + page[end..];
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page = expected);
        }

        Assert.True(expected == page, $"The table in {document} is not what the shapes say: write it anew with UPDATE_DOCS=1 ./build.sh test --filter Reference, and commit it.");
    }

    private static string Table(string name) => name switch
    {
        "types" => TypeTable.Markdown,
        "c++ types" => CppTypeTable.Markdown,
        _ => RustTypeTable.Markdown,
    };
}
