using NativePlugins.Host.Resolution;
using NativePlugins.Tests;

namespace NativePlugins.Host.Tests.Resolution;

/// <summary>The report for a name that no plugin has.</summary>
public sealed class PluginNotFoundTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Not_found_tells_every_path_and_the_nearest_name()
    {
        _temp.WriteFile("a/libhello_world.so");
        _temp.WriteFile("b/goodbye/libgoodbye.so");

        var e = Assert.Throws<PluginNotFoundException>(() => Locator(_temp["a"], _temp["b"]).Locate("helo_world"));

        Assert.Equal("NP1001", e.Code);
        foreach (string path in (string[])["a/helo_world", "a/libhelo_world.so", "a/helo_world.so", "b/helo_world/libhelo_world.so"])
        {
            Assert.Contains(_temp[path], e.Found, StringComparison.Ordinal);
        }

        Assert.Contains("'hello_world'", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_name_may_be_in_a_folder_of_its_own()
    {
        _temp.WriteFile("goodbye/libgoodbye.so");

        var e = Assert.Throws<PluginNotFoundException>(() => Locator(_temp.Path).Locate("godbye"));
        Assert.Contains("'goodbye'", e.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_far_name_is_not_suggested()
    {
        _temp.WriteFile("libzebra.so");

        var e = Assert.Throws<PluginNotFoundException>(() => Locator(_temp.Path).Locate("hello"));
        Assert.DoesNotContain("zebra", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Not_found_says_what_is_there_instead_of_a_file()
    {
        _temp.CreateDirectory("x");
        _temp.Link("libx.so", "nowhere");
        _temp.Link("x.so", "x.so");

        var e = Assert.Throws<PluginNotFoundException>(() => Locator(_temp.Path).Locate("x"));

        Assert.Contains("/x (a directory)", e.Found, StringComparison.Ordinal);
        Assert.Contains("libx.so (a symbolic link to nothing)", e.Found, StringComparison.Ordinal);
        Assert.Contains("x.so (a loop of symbolic links)", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_in_a_name_are_escaped_in_the_message()
    {
        var e = Assert.Throws<PluginNotFoundException>(() => Locator(_temp.Path).Locate("\u001B[31m[red]"));

        Assert.DoesNotContain('\u001B', e.Message);
        Assert.Contains("\\u001B[31m[red]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_current_directory_is_never_searched()
    {
        Assert.True(File.Exists(Path.Join(Environment.CurrentDirectory, "NativePlugins.Host.Tests.dll")));

        Assert.Throws<PluginNotFoundException>(() => Locator(_temp.Path).Locate("NativePlugins.Host.Tests.dll"));
    }

    [Fact]
    public void A_very_long_name_is_not_found()
    {
        Assert.Throws<PluginNotFoundException>(() => Locator(_temp.Path).Locate(new string('x', 100_000)));
    }

    private PluginLocator Locator(params string[] directories) => new(
        new PluginSearch { Directories = directories, IncludeEnvironment = false, IncludeHostDirectory = false },
        hostDirectory: _temp.Path);
}
