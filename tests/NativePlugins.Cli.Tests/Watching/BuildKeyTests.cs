namespace NativePlugins.Cli.Tests;

/// <summary>What a build took for granted, and what of it is no longer so.</summary>
public sealed class BuildKeyTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    [Fact]
    public void As_long_as_nothing_changes_nothing_has_changed()
    {
        string reference = Write("lib/A.dll");
        BuildKey key = Key(reference);

        Assert.Null(key.FindChange());
    }

    [Theory]
    [InlineData("/reference:lib/A.dll")]
    [InlineData("/reference:alias=lib/A.dll")]
    [InlineData("/resource:lib/A.dll,name.in.it")]
    [InlineData("-r:lib/A.dll")]
    [InlineData("--version-script=\"lib/A.dll\"")]
    [InlineData("lib/A.dll")]
    [InlineData("/analyzer:\"lib/A.dll\"")]
    public void A_file_that_an_argument_names_is_noticed_when_it_is_another(string argument)
    {
        string file = Write("lib/A.dll");
        var key = new BuildKey();
        key.AddFilesOf([argument], _root);
        Assert.Null(key.FindChange());

        File.AppendAllText(file, "more");

        Assert.Equal(file, key.FindChange());
    }

    [Theory]
    [InlineData("global.json")]
    [InlineData("Directory.Build.props")]
    [InlineData("Directory.Build.targets")]
    [InlineData("Directory.Packages.props")]
    [InlineData(".editorconfig")]
    [InlineData(".globalconfig")]
    [InlineData("nuget.config")]
    public void A_file_that_is_found_by_its_name_is_noticed_when_it_comes_changes_or_goes(string name)
    {
        string directory = Directory.CreateDirectory(Path.Combine(_root, "a", "b")).FullName;
        var without = new BuildKey();
        without.AddFoundFrom(directory);
        string file = Write("a/" + name);
        Assert.Equal(file, without.FindChange());
        var with = new BuildKey();
        with.AddFoundFrom(directory);
        Assert.Null(with.FindChange());

        File.AppendAllText(file, "more");
        Assert.Equal(file, with.FindChange());

        File.Delete(file);
        Assert.Equal(file, with.FindChange());
        Assert.Null(without.FindChange());
    }

    [Fact]
    public void Another_entry_of_a_directory_is_noticed()
    {
        string sdks = Directory.CreateDirectory(Path.Combine(_root, "sdk")).FullName;
        Directory.SetLastWriteTimeUtc(sdks, DateTime.UnixEpoch);
        BuildKey key = Key(sdks);

        Directory.CreateDirectory(Path.Combine(sdks, "10.0.999"));

        Assert.Equal(sdks, key.FindChange());
    }

    [Theory]
    [InlineData(".git")]
    [InlineData("elsewhere/worktrees/tree")]
    public void Another_commit_is_noticed(string git)
    {
        string project = Directory.CreateDirectory(Path.Combine(_root, "tree", "project")).FullName;
        string directory = Path.Combine(_root, "tree", git);
        Directory.CreateDirectory(Path.Combine(directory, "logs"));
        string log = Path.Combine(directory, "logs", "HEAD");
        File.WriteAllText(log, "first");
        if (git != ".git")
        {
            File.WriteAllText(Path.Combine(_root, "tree", ".git"), $"gitdir: {directory}\n");
        }

        var key = new BuildKey();
        key.AddCommitOf(project);
        Assert.Null(key.FindChange());

        File.AppendAllText(log, "second");

        Assert.Equal(log, key.FindChange());
    }

    [Fact]
    public void Sources_are_not_taken_for_granted()
    {
        string source = Write("A.cs");
        BuildKey key = Key(source);
        key.Except([source]);

        File.AppendAllText(source, "more");

        Assert.Null(key.FindChange());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static BuildKey Key(string path)
    {
        var key = new BuildKey();
        key.Add(path);
        return key;
    }

    private string Write(string name)
    {
        string path = Path.Combine(_root, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "text");
        return path;
    }
}
