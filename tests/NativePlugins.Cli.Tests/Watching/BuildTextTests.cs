using System.Text;

namespace NativePlugins.Cli.Tests;

/// <summary>What is read out of what builds write.</summary>
public sealed class BuildTextTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    [Fact]
    public void An_error_comes_with_the_line_of_the_source_and_a_mark_below_the_column()
    {
        string source = Path.Combine(_root, "A.cs");
        File.WriteAllText(source, "class A\n{\n\tint x = y;\n}\n");

        Assert.Equal(
            $"{source}(3,10): error CS0103: no such name\n     3 | \tint x = y;\n       | \t        ^",
            BuildErrors.Of($"{source}(3,10): error CS0103: no such name [{_root}/x.csproj]\n"));
    }

    [Theory]
    [InlineData("(9,1)")]
    [InlineData("(1,99)")]
    [InlineData("(0,0)")]
    [InlineData("(99999999999,1)")]
    public void A_place_that_is_not_in_the_source_has_no_line(string place)
    {
        string source = Path.Combine(_root, "A.cs");
        File.WriteAllText(source, "class A {}\n");

        Assert.Equal($"{source}{place}: error CS0103: no such name", BuildErrors.Of($"{source}{place}: error CS0103: no such name\n"));
    }

    [Fact]
    public void The_files_of_a_project_are_those_that_stand_in_frames()
    {
        string edge = new('=', 140);
        Assert.Equal(
            ["/p/x.csproj", "/p/my.props"],
            BuildImports.Parse(
                ["<!--", edge, "/p/x.csproj", edge, "-->", "<Project>", "<!--", edge, "  <Import Project=\"my.props\">", "", "/p/my.props", edge, "-->", "/not/framed", "text"]));
    }

    [Fact]
    public void What_the_manifest_says_is_found_in_the_bytes_of_attributes()
    {
        byte[] assembly = [7, 7, .. Attribute("NativePlugins.Id", "blur"), 7, .. Attribute("Other", "x"), .. Attribute("NativePlugins.Name", new string('n', 300)), 7, 7, 7];

        Assert.Equal(["NativePlugins.Id=blur", $"NativePlugins.Name={new string('n', 300)}"], PluginFactsText.Find(assembly));
    }

    [Fact]
    public void The_words_alone_are_no_attribute_wherever_they_stand() =>
        Assert.Empty(PluginFactsText.Find([.. Encoding.UTF8.GetBytes("NativePlugins.Id and "), 1, 0, 200, .. Encoding.UTF8.GetBytes("NativePlugins.")]));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // ECMA-335, II.23.3; a length above 127 takes two bytes.
    private static byte[] Attribute(string key, string value) => [1, 0, .. Text(key), .. Text(value), 0, 0];

    private static byte[] Text(string text) =>
        text.Length < 0x80 ? [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)] : [(byte)(0x80 | (text.Length >> 8)), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
