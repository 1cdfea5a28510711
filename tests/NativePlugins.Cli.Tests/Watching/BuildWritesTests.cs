namespace NativePlugins.Cli.Tests;

/// <summary>What a build writes itself, and what somebody saves while it runs.</summary>
public class BuildWritesTests
{
    private readonly BuildWrites _writes = new();

    [Fact]
    public void What_changed_during_a_build_and_was_not_seen_is_built_again() => Assert.Equal("again a.cs; own ", Judge("a.cs"));

    [Fact]
    public void What_changes_again_during_the_build_for_it_is_the_builds_own()
    {
        Judge("a.cs");

        Assert.Equal("again ; own a.cs", Judge("a.cs"));
        Assert.True(_writes.IsOwn("a.cs"));
        Assert.Equal("again ; own ", Judge("a.cs"));
    }

    [Fact]
    public void Another_file_is_not()
    {
        Judge("a.cs");

        Assert.Equal("again b.cs; own ", Judge("b.cs"));
        Assert.Equal("again a.cs; own ", Judge("a.cs"));
    }

    [Fact]
    public void What_is_saved_while_no_build_runs_is_somebodys()
    {
        Judge("a.cs");
        _writes.Saved("b.cs");

        Assert.Equal("again a.cs; own ", Judge("a.cs"));
        Judge("a.cs");
        _writes.Saved("a.cs");
        Assert.False(_writes.IsOwn("a.cs"));
    }

    [Fact]
    public void A_build_that_makes_a_new_file_each_time_is_repeated_once()
    {
        Assert.Equal("again 1.cs; own ", Judge("1.cs", isNew: true));
        Assert.Equal("again ; own 2.cs", Judge("2.cs", isNew: true));
        Assert.Equal("again ; own ", Judge("2.cs", isNew: false));
    }

    private string Judge(string path, bool isNew = false)
    {
        IReadOnlyList<string> again = _writes.Judge([path], _ => isNew, out IReadOnlyList<string> own);
        return $"again {string.Join(',', again)}; own {string.Join(',', own)}";
    }
}
