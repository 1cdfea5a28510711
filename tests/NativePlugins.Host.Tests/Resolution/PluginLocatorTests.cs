using NativePlugins.Host.Resolution;
using NativePlugins.Tests;

namespace NativePlugins.Host.Tests.Resolution;

public sealed class PluginLocatorTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("hello_world")]
    [InlineData("libhello_world")]
    [InlineData("libhello_world.so")]
    [InlineData("libhello_world.dylib")]
    [InlineData("libhello_world.dll")]
    [InlineData("hello_world.so")]
    [InlineData("hello_world.dylib")]
    [InlineData("hello_world.dll")]
    [InlineData("hello_world.DLL")]
    public void Every_way_to_write_a_name_finds_the_library_of_this_system(string typed)
    {
        string path = _temp.WriteFile("libhello_world.so");

        ResolvedPlugin plugin = Locator(_temp.Path).Locate(typed);

        Assert.Equal(new ResolvedPlugin(path, "hello_world", _temp.Path, path), plugin);
    }

    [Theory]
    [InlineData("hello_world")]
    [InlineData("libhello_world.dll")]
    public void A_library_without_the_prefix_is_found_too(string typed)
    {
        string path = _temp.WriteFile("hello_world.so");

        Assert.Equal(path, Locator(_temp.Path).Locate(typed).Path);
    }

    [Theory]
    [InlineData("library", "library.so")]
    [InlineData("library", "liblibrary.so")]
    [InlineData("liblibrary", "liblibrary.so")]
    [InlineData("library.dll", "liblibrary.so")]
    [InlineData("library.so", "library.so")]
    [InlineData("lib", "lib.so")]
    [InlineData("lib", "liblib.so")]
    public void A_plugin_may_be_called_library(string typed, string file)
    {
        string path = _temp.WriteFile(file);

        Assert.Equal(path, Locator(_temp.Path).Locate(typed).Path);
    }

    public static TheoryData<string> Stems => PathCases.Stems;

    public static TheoryData<string> Folders => PathCases.Folders;

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_directory_of_any_name_is_searched(string folder)
    {
        string path = _temp.WriteFile($"{folder}/libhello.so");

        Assert.Equal(path, Locator(_temp[folder]).Locate("hello").Path);
        Assert.Equal(path, Locator(_temp.Path).Locate(path).Path);
    }

    [Theory]
    [MemberData(nameof(Stems))]
    public void Any_name_that_a_file_can_have_is_found(string name)
    {
        string path = _temp.WriteFile($"lib{name}.so");

        Assert.Equal(path, Locator(_temp.Path).Locate(name).Path);
        Assert.Equal(name, Locator(_temp.Path).Locate(path).Stem);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("libhello.so")]
    [InlineData("hello.dylib")]
    public void A_plugin_in_a_folder_of_its_own_is_found(string typed)
    {
        string path = _temp.WriteFile("hello/libhello.so");

        Assert.Equal(path, Locator(_temp.Path).Locate(typed).Path);
    }

    [Fact]
    public void A_name_never_leaves_the_plugin_directory()
    {
        string inner = _temp.CreateDirectory("inner");
        _temp.WriteFile("lib...so");

        Assert.Throws<PluginNotFoundException>(() => Locator(inner).Locate("lib...so"));
    }

    [Fact]
    public void Only_regular_files_count()
    {
        _temp.CreateDirectory("hello");
        _temp.CreateDirectory("libhello.so");
        string path = _temp.WriteFile("hello.so");

        Assert.Equal(path, Locator(_temp.Path).Locate("hello").Path);
    }

    [Fact]
    public void The_first_directory_wins()
    {
        string first = _temp.WriteFile("a/libx.so");
        _temp.WriteFile("b/libx.so");

        Assert.Equal(first, Locator(_temp["a"], _temp["b"]).Locate("x").Path);
    }

    [Fact]
    public void Directories_come_before_the_environment_and_that_before_the_host_and_the_users_own_last()
    {
        string[] places = ["option", "env1", "env2", "host", "host/plugins", "user"];
        string[] files = places.Select(place => _temp.WriteFile(place + "/libx.so")).ToArray();
        var locator = new PluginLocator(
            new PluginSearch { Directories = [_temp["option"]], UserDirectory = _temp["user"] },
            environment: _ => $"{_temp["env1"]}:{_temp["env2"]}",
            hostDirectory: _temp["host"]);

        foreach (string file in files)
        {
            Assert.Equal(file, locator.Locate("x").Path);
            File.Delete(file);
        }

        Assert.Throws<PluginNotFoundException>(() => locator.Locate("x"));
    }

    [Fact]
    public void The_environment_and_the_host_directory_can_be_left_out()
    {
        _temp.WriteFile("env/libx.so");
        _temp.WriteFile("host/libx.so");
        var locator = new PluginLocator(
            new PluginSearch { IncludeEnvironment = false, IncludeHostDirectory = false },
            environment: _ => _temp["env"],
            hostDirectory: _temp["host"]);

        Assert.Throws<PluginNotFoundException>(() => locator.Locate("x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("relative")]
    [InlineData("~/plugins")]
    public void An_empty_or_relative_element_of_the_environment_is_an_error(string element)
    {
        _temp.WriteFile("libx.so");
        var locator = new PluginLocator(
            new PluginSearch(), environment: _ => $"{_temp.Path}:{element}", hostDirectory: _temp.Path);

        var e = Assert.Throws<PluginSearchPathException>(() => locator.Locate("x"));
        Assert.Contains("NATIVE_PLUGINS_PATH", e.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plugins")]
    [InlineData("/a\0b")]
    public void An_empty_or_relative_plugin_directory_is_an_error(string directory) =>
        Assert.Throws<PluginSearchPathException>(() => Locator(directory).Locate("x"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_variable_without_a_value_is_not_an_error(string? value)
    {
        string path = _temp.WriteFile("libx.so");
        var locator = new PluginLocator(new PluginSearch(), environment: _ => value, hostDirectory: _temp.Path);

        Assert.Equal(path, locator.Locate("x").Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void An_empty_name_and_one_with_NUL_are_refused(string name) =>
        Assert.Throws<PluginNameException>(() => Locator(_temp.Path).Locate(name));

    [Fact]
    public void Two_different_candidates_in_one_directory_are_an_error_that_names_both()
    {
        string a = _temp.WriteFile("libx.so", 1);
        string b = _temp.WriteFile("x.so", 2);

        var e = Assert.Throws<PluginAmbiguousException>(() => Locator(_temp.Path).Locate("x"));
        Assert.Contains(a, e.Found, StringComparison.Ordinal);
        Assert.Contains(b, e.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("libx.so")]
    [InlineData("x.so")]
    public void Of_two_candidates_the_typed_one_wins(string typed)
    {
        _temp.WriteFile("libx.so", 1);
        _temp.WriteFile("x.so", 2);

        Assert.Equal(_temp[typed], Locator(_temp.Path).Locate(typed).Path);
    }

    [Fact]
    public void Two_names_of_one_file_are_not_ambiguous()
    {
        string path = _temp.WriteFile("libx.so");
        _temp.Link("x.so", "libx.so");

        Assert.Equal(path, Locator(_temp.Path).Locate("x").Path);
    }

    [Fact]
    public void Links_are_resolved_and_the_installed_path_is_kept()
    {
        string real = _temp.WriteFile("store/libx-1.0.so");
        _temp.CreateDirectory("plugins");
        string link = _temp.Link("plugins/libx.so", "../store/libx-1.0.so");

        ResolvedPlugin plugin = Locator(_temp["plugins"]).Locate("x");

        Assert.Equal(new ResolvedPlugin(real, "x", _temp["store"], link), plugin);
    }

    [Fact]
    public void The_default_host_directory_is_that_of_the_application()
    {
        IReadOnlyList<string> directories = new PluginLocator(new PluginSearch(), environment: _ => null).SearchDirectories();

        string expected = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        Assert.Equal([expected, Path.Join(expected, "plugins")], directories);
    }

    private PluginLocator Locator(params string[] directories) => new(
        new PluginSearch { Directories = directories, IncludeEnvironment = false, IncludeHostDirectory = false },
        hostDirectory: _temp.Path);
}
