namespace NativePlugins.Cli.Tests;

/// <summary>Which changes the compiler alone is enough for.</summary>
public sealed class CompilerCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;
    private readonly CompilerCommand _compiler;
    private readonly BuildInputs _inputs;

    public CompilerCommandTests()
    {
        string[] own = [Write("A.cs"), Write("B.cs"), Write("Shared.cs"), Write("Text.cs")];
        string[] others = [Write("X.csproj"), Write("Directory.Build.props"), Write(".editorconfig"), Write("../library/C.cs"), Write("imported.props")];
        _inputs = BuildInputs.Parse(
        [
            $"P - {PathOf("")}", .. own.Concat(others[..^1]).Select(path => $"R - {path}"), $"I - {others[^1]}",

            // Another project compiles it too; and the project itself embeds it.
            $"R - {PathOf("Shared.cs")}", $"R - {PathOf("Text.cs")}",
        ]);
        File.WriteAllLines(PathOf("compiler"), [Write("csc.dll"), PathOf("obj/X.dll"), PathOf("bin/X.dll"), .. own]);
        File.WriteAllLines(PathOf("compiler.rsp"), ["/noconfig", "/deterministic+", "A.cs"]);
        _compiler = CompilerCommand.Read(PathOf(""))!;
    }

    [Fact]
    public void Sources_of_the_plugin_alone_are_compiled_and_no_more() =>
        Assert.Equal(new BuildPlan(IsCompile: true), _compiler.Plan([PathOf("A.cs"), PathOf("B.cs")], _inputs));

    [Theory]
    [InlineData("X.csproj", "X.csproj is no source that the last build has compiled into the plugin")]
    [InlineData("Directory.Build.props", "Directory.Build.props is no source that the last build has compiled into the plugin")]
    [InlineData("imported.props", "imported.props is no source that the last build has compiled into the plugin")]
    [InlineData(".editorconfig", ".editorconfig is no source that the last build has compiled into the plugin")]
    [InlineData("../library/C.cs", "C.cs is no source that the last build has compiled into the plugin")]
    [InlineData("Shared.cs", "Shared.cs is read for something else too")]
    [InlineData("Text.cs", "Text.cs is read for something else too")]
    [InlineData("Gone.cs", "Gone.cs is gone")]
    public void Any_other_change_builds_all_and_says_why(string changed, string why) =>
        Assert.Equal(BuildPlan.Because(why), _compiler.Plan([PathOf("A.cs"), PathOf(changed)], _inputs));

    [Fact]
    public void A_new_file_builds_all() => Assert.Equal(
        BuildPlan.Because("New.cs is no source that the last build has compiled into the plugin"), _compiler.Plan([Write("New.cs")], _inputs));

    [Fact]
    public void Symbols_of_another_directory_come_to_where_the_assembly_says_that_they_are()
    {
        Write("again/X.pdb");
        Directory.CreateDirectory(PathOf("obj"));

        _compiler.CopySymbolsFrom(PathOf("again"));

        Assert.True(File.Exists(PathOf("obj/X.pdb")));
    }

    [Fact]
    public void A_step_after_the_compiler_that_changes_what_it_made_is_noticed()
    {
        Write("obj/X.dll");
        File.WriteAllText(PathOf("compiled"), "text");
        Assert.Null(_compiler.WhyNotAgain(PathOf("")));

        File.WriteAllText(PathOf("obj/X.dll"), "woven");

        Assert.Equal("another step of it changes what the compiler makes", _compiler.WhyNotAgain(PathOf("")));
    }

    [Fact]
    public void A_compiler_that_makes_something_else_each_time_is_noticed()
    {
        File.WriteAllLines(PathOf("compiler.rsp"), ["A.cs"]);

        Assert.Equal("its compiler is not told to be deterministic", _compiler.WhyNotAgain(PathOf("")));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(_root, "project", name));

    private string Write(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), "text");
        return PathOf(name);
    }
}
