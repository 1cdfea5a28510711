using NativePlugins.Host.Resolution;

namespace NativePlugins.Host.Tests.Resolution;

public sealed class PluginEnumerationTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Libraries_are_listed_in_search_order_and_by_name()
    {
        _temp.WriteFile("b/libz.so");
        _temp.WriteFile("b/a.so");
        _temp.WriteFile("a/m/libm.so");
        _temp.WriteFile("a/m/libprivate.so");
        _temp.WriteFile("a/libn.so");

        IEnumerable<string> paths = Enumerate(_temp["b"], _temp["a"], _temp["absent"]).Select(candidate => candidate.Path);

        Assert.Equal(["b/a.so", "b/libz.so", "a/libn.so", "a/m/libm.so"], paths.Select(path => Path.GetRelativePath(_temp.Path, path)));
    }

    [Fact]
    public void What_is_no_library_by_its_name_or_no_regular_file_is_left_out()
    {
        _temp.WriteFile("readme.txt");
        _temp.WriteFile("x.dll");
        _temp.WriteFile(".so");
        _temp.CreateDirectory("libd.so");
        _temp.Link("libnowhere.so", "nowhere");
        _temp.Link("libzero.so", "/dev/zero");

        Assert.Empty(Enumerate(_temp.Path));
    }

    [Fact]
    public void A_candidate_tells_its_stem_and_directory()
    {
        string path = _temp.WriteFile("x/libx.so");

        Assert.Equal([new PluginFileCandidate(path, "x", _temp["x"], null)], Enumerate(_temp.Path));
    }

    [Fact]
    public void A_folder_without_a_library_of_its_name_shows_all_it_has()
    {
        _temp.WriteFile("folder/libx.so");

        Assert.Equal("x", Assert.Single(Enumerate(_temp.Path)).Stem);
    }

    [Fact]
    public void An_untrusted_directory_is_a_property_not_an_exception()
    {
        _temp.WriteFile("libx.so");
        TemporaryDirectory.SetMode(_temp.Path, "777");

        Assert.Contains("mode 0777", Assert.Single(Enumerate(_temp.Path)).TrustProblem, StringComparison.Ordinal);
    }

    private List<PluginFileCandidate> Enumerate(params string[] directories) => new PluginLocator(
        new PluginSearch { Directories = directories, IncludeEnvironment = false, IncludeHostDirectory = false },
        hostDirectory: _temp.Path).Enumerate().ToList();
}
