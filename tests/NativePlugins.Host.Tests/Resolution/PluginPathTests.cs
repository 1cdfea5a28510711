using System.Diagnostics;
using NativePlugins.Host.Resolution;

namespace NativePlugins.Host.Tests.Resolution;

public sealed class PluginPathTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();
    private readonly PluginLocator _locator;

    public PluginPathTests() => _locator = new PluginLocator(
        new PluginSearch { IncludeEnvironment = false }, hostDirectory: _temp.Path);

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("./")]
    [InlineData("x/../")]
    [InlineData(".//./")]
    public void A_relative_path_is_taken_from_the_current_directory(string prefix)
    {
        string path = _temp.WriteFile("libx.so");
        _temp.CreateDirectory("x");
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _temp.Path);

        ResolvedPlugin plugin = _locator.Locate($"{relative}/{prefix}libx.so");

        Assert.Equal(new ResolvedPlugin(path, "x", _temp.Path, path), plugin);
    }

    [Fact]
    public void Two_dots_after_a_link_mean_the_directory_above_its_target()
    {
        _temp.CreateDirectory("far/inner");
        string path = _temp.WriteFile("far/libx.so");
        _temp.WriteFile("libx.so");
        _temp.Link("link", "far/inner");

        ResolvedPlugin plugin = _locator.Locate(_temp["link/../libx.so"]);

        Assert.Equal(path, plugin.Path);
        Assert.Equal(path, plugin.InstalledPath);
    }

    [Fact]
    public void A_path_is_not_looked_up_in_the_plugin_directories()
    {
        _temp.WriteFile("libx.so");

        Assert.Throws<PluginNotFoundException>(() => _locator.Locate("./x"));
        Assert.Throws<PluginNotFoundException>(() => _locator.Locate("./libx.so"));
    }

    [Fact]
    public void A_path_that_names_nothing_suggests_the_library_beside_it()
    {
        string path = _temp.WriteFile("libhello.so");

        var e = Assert.Throws<PluginNotFoundException>(() => _locator.Locate(_temp["hello"]));

        Assert.Equal($"Did you mean '{path}'?", e.Advice);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("./")]
    public void A_directory_is_refused(string path)
    {
        var e = Assert.Throws<PluginNotRegularFileException>(() => _locator.Locate(path));
        Assert.Equal("a directory", e.Found);
    }

    [Theory]
    [InlineData("/dev/zero", "a character device")]
    [InlineData("/", "a directory")]
    public void A_device_and_the_root_are_refused(string path, string found)
    {
        var e = Assert.Throws<PluginNotRegularFileException>(() => _locator.Locate(path));
        Assert.Equal(found, e.Found);
    }

    [Fact]
    public void A_pipe_is_refused_at_once()
    {
        using Process process = Process.Start("mkfifo", [_temp["pipe"]]);
        process.WaitForExit();

        var e = Assert.Throws<PluginNotRegularFileException>(() => _locator.Locate(_temp["pipe"]));
        Assert.Equal("a named pipe (FIFO)", e.Found);
    }

    [Fact]
    public void A_loop_of_links_is_refused()
    {
        _temp.Link("a", "b");
        _temp.Link("b", "a");

        var e = Assert.Throws<PluginFileAccessException>(() => _locator.Locate(_temp["a"]));
        Assert.Equal("a loop of symbolic links", e.Found);
    }

    [Fact]
    public void A_file_taken_for_a_directory_is_not_found()
    {
        _temp.WriteFile("libx.so");

        Assert.Throws<PluginNotFoundException>(() => _locator.Locate(_temp["libx.so/"]));
        Assert.Throws<PluginNotFoundException>(() => _locator.Locate(_temp["libx.so/y"]));
    }

    [Fact]
    public void A_path_too_long_for_the_system_is_refused()
    {
        var e = Assert.Throws<PluginFileAccessException>(() => _locator.Locate("/" + new string('x', 10_000)));
        Assert.Equal("the path is too long for the system", e.Found);
    }
}
