using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NativePlugins.Repository.Tests;

/// <summary>One source of a sample serves every system.</summary>
public partial class SampleTests
{
    [Theory]
    [InlineData("plugins-native/hello_c/hello_c.c")]
    [InlineData("plugins-native/hello_cpp/hello_cpp.cpp")]
    [InlineData("plugins-native/hello_world/HelloWorld.cs")]
    public void The_source_of_a_sample_has_no_condition_for_a_system(string source) =>
        Assert.DoesNotMatch(Conditional(), RepositoryFiles.Text(source));

    [Fact]
    public void The_description_of_the_C_sample_says_nothing_of_a_system() =>
        Assert.Equal("{ \"id\": \"hello_c\", \"language\": \"c\", \"sources\": [\"hello_c.c\"] }", RepositoryFiles.Text("plugins-native/hello_c/plugin.build.json").Trim());

    [Fact]
    public void The_project_of_the_CSharp_sample_has_no_condition() =>
        Assert.DoesNotContain(
            XDocument.Load(RepositoryFiles.PathOf("plugins-native/hello_world/hello_world.csproj")).Descendants().SelectMany(element => element.Attributes()),
            attribute => attribute.Name.LocalName == "Condition");

    [GeneratedRegex(@"^\s*#\s*(if|ifdef|ifndef|elif)\b|OperatingSystem\.|RuntimeInformation", RegexOptions.Multiline)]
    private static partial Regex Conditional();
}
