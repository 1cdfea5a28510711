using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Resolution;

public sealed class NameTests : IDisposable
{
    private readonly Scratch _scratch = new();

    [Theory]
    [InlineData("hello_c")]
    [InlineData("hello_c.dll")]
    [InlineData("libhello_c.so")]
    [InlineData("libhello_c.dylib")]
    [InlineData("HELLO_C.DLL")]
    [InlineData("Hello_C")]
    public void Every_systems_name_for_it_finds_the_plugin(string name)
    {
        string library = _scratch.Copy("hello_c");

        Assert.Equal(library, Load(name), ignoreCase: true);
    }

    [Fact]
    public void The_real_path_has_the_letter_case_of_the_directory()
    {
        string library = _scratch.Copy("hello_c", "Hello_C.dll");

        Assert.Equal(Path.GetFileName(library), Path.GetFileName(Load("hello_c")));
    }

    [Fact]
    public void A_plugin_may_have_a_folder_of_its_own()
    {
        string library = _scratch.Copy("hello_c", "hello_c", "hello_c.dll");

        Assert.Equal(library, Load("hello_c"), ignoreCase: true);
    }

    [Fact]
    public void A_typed_lib_is_kept_for_a_library_that_is_called_so()
    {
        string library = _scratch.Copy("hello_c", "libhello_c.dll");

        Assert.Equal(library, Load("libhello_c"), ignoreCase: true);
    }

    [Fact]
    public void The_plugin_called_library_is_found()
    {
        string library = _scratch.Copy("named_library", "library.dll");

        Assert.Equal(library, Load("library"), ignoreCase: true);
    }

    [Fact]
    public void A_directory_of_the_plugins_name_is_passed_over()
    {
        string first = _scratch.Folder("first");
        Directory.CreateDirectory(Path.Combine(first, "hello_c.dll"));
        string library = _scratch.Copy("hello_c", "second", "hello_c.dll");

        using PluginHost host = Hosts.Of(first, _scratch.PathOf("second"));

        Assert.Equal(library, host.Load("hello_c").LibraryPath, ignoreCase: true);
    }

    [Fact]
    public void Of_two_directories_the_first_wins()
    {
        string library = _scratch.Copy("hello_c", "first", "hello_c.dll");
        _scratch.Copy("hello_c", "second", "hello_c.dll");

        using PluginHost host = Hosts.Of(_scratch.PathOf("first"), _scratch.PathOf("second"));

        Assert.Equal(library, host.Load("hello_c").LibraryPath, ignoreCase: true);
    }

    [Fact]
    public void A_directory_that_is_named_in_two_letter_cases_is_searched_once()
    {
        _scratch.Copy("hello_c");

        using PluginHost host = Hosts.Of(_scratch.Root.ToUpperInvariant(), _scratch.Root.ToLowerInvariant());

        Assert.Single(host.List());
    }

    [Fact]
    public void A_name_that_is_nowhere_is_refused_with_every_path_tried_and_the_nearest_name()
    {
        _scratch.Copy("hello_c");
        using PluginHost host = Hosts.Of(_scratch.Root);

        var e = Assert.Throws<PluginNotFoundException>(() => host.Load("helo_c"));

        Assert.Contains(Path.Combine(_scratch.Root, "helo_c.dll"), e.Found, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("'hello_c'", e.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugins")]
    [InlineData(@"\plugins")]
    [InlineData("C:plugins")]
    [InlineData("")]
    public void A_directory_that_depends_on_the_current_one_is_no_search_directory(string directory)
    {
        Environment.SetEnvironmentVariable("NATIVE_PLUGINS_PATH", @"C:\windows;" + directory);
        try
        {
            using var host = new PluginHost();

            Assert.Throws<PluginSearchPathException>(() => host.Load("hello_c"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("NATIVE_PLUGINS_PATH", null);
        }
    }

    [Fact]
    public void The_environments_search_path_is_split_at_semicolons()
    {
        string library = _scratch.Copy("hello_c", "second", "hello_c.dll");
        Environment.SetEnvironmentVariable("NATIVE_PLUGINS_PATH", $"{_scratch.Folder("first")};{_scratch.PathOf("second")}");
        try
        {
            using var host = new PluginHost(new PluginHostOptions { SearchHostDirectory = false });

            Assert.Equal(library, host.Load("hello_c").LibraryPath, ignoreCase: true);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NATIVE_PLUGINS_PATH", null);
        }
    }

    [Fact]
    public void Two_letter_cases_of_one_path_are_one_library()
    {
        string library = _scratch.Copy("counters");
        using PluginHost host = Hosts.Of();

        Plugin first = host.Load(library.ToUpperInvariant());
        Plugin second = host.Load(library.ToLowerInvariant());

        Assert.Equal(first.LibraryPath, second.LibraryPath);
    }

    [Fact]
    public void What_is_listed_are_libraries_with_any_letter_case_of_the_extension()
    {
        _scratch.Copy("hello_c", "hello_c.DLL");
        _scratch.Write("readme.txt", 1);
        using PluginHost host = Hosts.Of(_scratch.Root);

        PluginListing listing = Assert.Single(host.List());

        Assert.True(listing.IsLoadable);
    }

    public void Dispose() => _scratch.Dispose();

    private string Load(string name)
    {
        using PluginHost host = Hosts.Of(_scratch.Root);
        return host.Load(name).LibraryPath;
    }
}
