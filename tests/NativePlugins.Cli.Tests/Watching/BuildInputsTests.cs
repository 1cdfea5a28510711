using System.Security.Cryptography;

namespace NativePlugins.Cli.Tests;

/// <summary>What a build says that it has read.</summary>
public sealed class BuildInputsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;
    private readonly string _project;

    public BuildInputsTests() => _project = Directory.CreateDirectory(Path.Combine(_root, "project with spaces")).FullName;

    [Fact]
    public void A_file_is_compiled_as_long_as_it_has_the_contents_that_the_compiler_saw()
    {
        string source = Write("A.cs", "seen");
        var inputs = BuildInputs.Parse([$"P - {_project}", Compiled(source)]);
        Assert.True(inputs.HasSeen(source));

        File.WriteAllText(source, "SEEN");

        Assert.True(inputs.IsInput(source));
        Assert.False(inputs.HasSeen(source));
        File.Delete(source);
        Assert.False(inputs.HasSeen(source));
        Assert.True(inputs.IsInput(source));
    }

    [Fact]
    public void A_file_without_a_purpose_counts_when_it_is_saved_and_not_when_a_build_writes_it()
    {
        string log = Write("build.log", ""), data = Write("data.txt", "");
        var inputs = BuildInputs.Parse([$"P - {_project}", $"N - {log}", $"N - {data}", $"R - {data}"]);

        Assert.True(inputs.IsInput(log) && inputs.IsInput(data));
        Assert.True(inputs.HasSeen(log));
        Assert.False(inputs.HasSeen(data));
    }

    [Fact]
    public void What_lies_where_the_build_writes_is_no_input()
    {
        string generated = Write("elsewhere/obj/G.cs", ""), source = Write("A.cs", "");
        var inputs = BuildInputs.Parse([$"P - {_project}", $"O - {Path.Combine(_project, "elsewhere", "obj")}{Path.DirectorySeparatorChar}", Compiled(generated), Compiled(source)]);

        Assert.Equal([source], inputs.Files);
        Assert.False(inputs.MayBeNew(Write("elsewhere/obj/H.cs", "")));
    }

    [Fact]
    public void Who_builds_into_the_directory_of_the_sources_still_has_sources()
    {
        string source = Write("A.cs", "");

        Assert.Equal([source], BuildInputs.Parse([$"P - {_project}", $"O - {_project}{Path.DirectorySeparatorChar}", $"O - {_root}", Compiled(source)]).Files);
    }

    [Fact]
    public void Sources_outside_of_the_project_are_inputs_and_others_beside_them_are_not()
    {
        string shared = Path.Combine(_root, "Shared.cs"), other = Path.Combine(_root, "Other.cs");
        File.WriteAllText(shared, "");
        File.WriteAllText(other, "");
        var inputs = BuildInputs.Parse([$"P - {_project}", Compiled(shared)]);

        Assert.True(inputs.IsInput(shared));
        Assert.False(inputs.IsInput(other) || inputs.MayBeNew(other));
        Assert.Contains(_root, inputs.Directories);
    }

    [Theory]
    [InlineData("New.cs", true)]
    [InlineData("Inner/New.cs", true)]
    [InlineData("New.txt", false)]
    [InlineData("node_modules/package/New.cs", false)]
    [InlineData(".vs/New.cs", false)]
    public void A_new_file_may_be_a_source(string name, bool mayBe)
    {
        var inputs = BuildInputs.Parse([$"P - {_project}", Compiled(Write("A.cs", ""))]);

        Assert.Equal(mayBe, inputs.MayBeNew(Write(name, "")));
    }

    [Fact]
    public void A_global_json_makes_no_source_of_what_a_plugin_writes_as_JSON()
    {
        var inputs = BuildInputs.Parse([$"P - {_project}", $"R - {Write("global.json", "{}")}"]);

        Assert.False(inputs.MayBeNew(Write("out-1.json", "")));
    }

    [Fact]
    public void Directories_of_other_tools_take_no_notification_and_those_beside_sources_take_one()
    {
        string source = Write("Inner/A.cs", "");
        foreach (string other in (string[])["node_modules/a/b", ".git/objects", "bin/x", "Empty/deeper"])
        {
            Directory.CreateDirectory(Path.Combine(_project, other));
        }

        var inputs = BuildInputs.Parse([$"P - {_project}", Compiled(source), $"N - {Write("node_modules/a/b/README.md", "")}"]);

        Assert.Equal(
            [_project, Path.Combine(_project, "Empty"), Path.Combine(_project, "Inner")],
            inputs.Directories.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_directory_that_is_gone_was_an_input_if_it_held_one()
    {
        string source = Write("Inner/A.cs", "");
        var inputs = BuildInputs.Parse([$"P - {_project}", Compiled(source)]);
        Directory.Delete(Path.GetDirectoryName(source)!, recursive: true);

        Assert.True(inputs.IsInput(Path.GetDirectoryName(source)!));
        Assert.False(inputs.IsInput(Path.Combine(_project, "Inn")));
    }

    [Fact]
    public void A_build_that_left_no_list_says_nothing() => Assert.Null(BuildInputs.Read(_root));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string Compiled(string path) => $"C {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))} {path}";

    private string Write(string name, string text)
    {
        string path = Path.Combine(_project, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
