namespace NativePlugins.Sdk.Tests.Generation;

public class PluginClassAnalyzerTests
{
    private const string Good = "[Plugin(\"good\", Version = \"1.0.0\")] class Good;";

    [Fact]
    public async Task A_plugin_class_is_accepted() => Assert.Empty(await PluginCompilation.Analyze(Good));

    [Fact]
    public async Task NPS001_a_plugin_project_without_a_plugin_class() =>
        Assert.Equal(
            ["NPS001: This project is a native plugin and has no class with [Plugin]; add [Plugin(\"id\", Version = \"1.0.0\")] to one class, or set the property IsNativePlugin to false"],
            await PluginCompilation.Analyze("class Other;"));

    [Fact]
    public async Task NPS001_is_for_plugin_projects_only() =>
        Assert.Empty(await PluginCompilation.Analyze("class Other;", isPlugin: false));

    [Fact]
    public async Task NPS002_two_plugin_classes_are_both_named()
    {
        var found = await PluginCompilation.Analyze(Good + "namespace N { [Plugin(\"b\", Version = \"1.0.0\")] class Second; }");

        Assert.Equal(2, found.Length);
        Assert.All(found, text => Assert.StartsWith("NPS002: A library is one plugin, and 'Good', 'N.Second' are marked", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("abstract class P;", "'P' is abstract;")]
    [InlineData("static class P;", "'P' is static;")]
    [InlineData("class P<T>;", "'P' is generic;")]
    [InlineData("file class P;", "'P' is not accessible from the rest of the project;")]
    public async Task NPS003_a_class_that_new_cannot_create(string declaration, string text) =>
        Assert.StartsWith("NPS003: " + text, Assert.Single(await Attributed(declaration)), StringComparison.Ordinal);

    [Fact]
    public async Task NPS003_a_class_nested_in_a_generic_one() =>
        Assert.StartsWith("NPS003: 'P' is generic", Assert.Single(await PluginCompilation.Analyze(
            "class Outer<T> { [Plugin(\"p\", Version = \"1.0.0\")] internal class P; }")), StringComparison.Ordinal);

    [Fact]
    public async Task NPS003_a_private_nested_class() =>
        Assert.StartsWith("NPS003: 'P' is not accessible", Assert.Single(await PluginCompilation.Analyze(
            "class Outer { [Plugin(\"p\", Version = \"1.0.0\")] private class P; }")), StringComparison.Ordinal);

    [Theory]
    [InlineData("class P { private P() { } }")]
    [InlineData("class P(int number) { int N => number; }")]
    [InlineData("class P { public P(ref PluginContext context) { } }")]
    [InlineData("class P { protected P(PluginContext context) { } }")]
    public async Task NPS004_a_class_without_a_usable_constructor(string declaration) =>
        Assert.StartsWith("NPS004: 'P' has no constructor", Assert.Single(await Attributed(declaration)), StringComparison.Ordinal);

    [Theory]
    [InlineData("class P;")]
    [InlineData("public class P { internal P(PluginContext context) { } private P(int n) { } }")]
    [InlineData("record P;")]
    public async Task A_usable_constructor_is_accepted(string declaration) => Assert.Empty(await Attributed(declaration));

    [Theory]
    [InlineData("")]
    [InlineData("Hello")]
    [InlineData("_a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("ä")]
    [InlineData("a\\n")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890abcd")]
    public async Task NPS005_a_bad_id(string id) =>
        Assert.StartsWith("NPS005: ", Assert.Single(await Described($"\"{id}\", Version = \"1.0.0\"")), StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("a_b-c.d")]
    [InlineData("a12345678901234567890123456789012345678901234567890123456789abcd")]
    public async Task A_good_id_is_accepted(string id) => Assert.Empty(await Described($"\"{id}\", Version = \"1.0.0\""));

    [Theory]
    [InlineData("1.0")]
    [InlineData("01.0.0")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-01")]
    [InlineData("1.0.0+")]
    [InlineData("v1.0.0")]
    [InlineData("1.0.0\\n")]
    [InlineData("1.0.0-١")]
    public async Task NPS006_a_bad_version(string version) =>
        Assert.StartsWith($"NPS006: \"", Assert.Single(await Described($"\"a\", Version = \"{version}\"")), StringComparison.Ordinal);

    [Fact]
    public async Task NPS006_a_version_that_is_too_long() =>
        Assert.StartsWith("NPS006: ", Assert.Single(await Described($"\"a\", Version = \"1.0.0-{new string('a', 123)}\"")), StringComparison.Ordinal);

    [Fact]
    public async Task NPS006_no_version() =>
        Assert.StartsWith("NPS006: The plugin has no version; set Version to", Assert.Single(await Described("\"a\"")), StringComparison.Ordinal);

    [Theory]
    [InlineData("0.0.0")]
    [InlineData("1.2.3-alpha.1+build.007")]
    [InlineData("1.0.0--1")]
    public async Task A_good_version_is_accepted(string version) => Assert.Empty(await Described($"\"a\", Version = \"{version}\""));

    [Fact]
    public async Task NPS007_an_empty_name() =>
        Assert.StartsWith("NPS007: The plugin's name has 0 bytes", Assert.Single(await Described("\"a\", Version = \"1.0.0\", Name = \"\"")), StringComparison.Ordinal);

    [Fact]
    public async Task NPS007_a_name_that_is_too_long_in_bytes() =>
        Assert.StartsWith("NPS007: The plugin's name has 258 bytes", Assert.Single(await Described($"\"a\", Version = \"1.0.0\", Name = \"{new string('ä', 129)}\"")), StringComparison.Ordinal);

    [Fact]
    public async Task NPS007_a_name_with_half_a_surrogate_pair() =>
        Assert.StartsWith("NPS007: The plugin's name has no valid bytes", Assert.Single(await Described("\"a\", Version = \"1.0.0\", Name = \"a\\ud800\"")), StringComparison.Ordinal);

    private static Task<string[]> Attributed(string declaration) =>
        PluginCompilation.Analyze($"[Plugin(\"p\", Version = \"1.0.0\")] {declaration}");

    private static Task<string[]> Described(string arguments) => PluginCompilation.Analyze($"[Plugin({arguments})] class P;");
}
