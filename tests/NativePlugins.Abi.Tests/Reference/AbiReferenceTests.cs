namespace NativePlugins.Abi.Tests.Reference;

public class AbiReferenceTests
{
    [Fact]
    public void The_reference_says_what_the_header_says()
    {
        string page = Repository.File("docs/abi.md");
        string expected = AbiReference.Of(File.ReadAllText(Repository.Header).ReplaceLineEndings("\n"));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(page, expected);
        }

        string found = File.Exists(page) ? File.ReadAllText(page).ReplaceLineEndings("\n") : "";
        Assert.True(expected == found, "docs/abi.md is not what the header says: write it anew with UPDATE_DOCS=1 ./build.sh test --filter Reference, and commit it.");
    }

    [Fact]
    public void Every_struct_function_and_field_of_the_header_is_in_the_reference()
    {
        string reference = AbiReference.Of(CHeader.Current.Text);

        Assert.All(CHeader.Current.Structs.Keys, name => Assert.Contains($"### {name}\n", reference, StringComparison.Ordinal));
        Assert.All(CHeader.Current.Functions, function => Assert.Contains($"#### {function.Struct}.{function.Name}\n", reference, StringComparison.Ordinal));
        Assert.All(CHeader.Current.Constants().Keys, name => Assert.Contains($"`{name}`", reference, StringComparison.Ordinal));
    }
}
