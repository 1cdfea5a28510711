using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>The rules of dyld, for files that exist only in this test.</summary>
public sealed class DyldLibrarySearchTests
{
    private static readonly BinaryTarget s_target = new(BinaryFormat.MachO, 64, true, "arm64", "macOS");

    private readonly Dictionary<string, BinaryImage> _files = [];
    private readonly List<string> _searched = [];

    [Fact]
    public void An_absolute_path_is_that_file()
    {
        Put("/opt/libx.dylib");

        Assert.Equal(("/opt/libx.dylib", BinaryDependencyReason.Path), Find("/opt/libx.dylib", Image("/app/libplugin.dylib")));
    }

    [Theory]
    [InlineData("/usr/lib/libSystem.B.dylib")]
    [InlineData("/System/Library/Frameworks/Foundation.framework/Versions/C/Foundation")]
    public void The_systems_own_libraries_are_in_the_shared_cache(string name) =>
        Assert.Equal((name, BinaryDependencyReason.SharedCache), Find(name, Image("/app/libplugin.dylib")));

    [Fact]
    public void A_file_where_the_shared_cache_would_answer_wins()
    {
        Put("/usr/lib/libx.dylib");

        Assert.Equal(("/usr/lib/libx.dylib", BinaryDependencyReason.Path), Find("/usr/lib/libx.dylib", Image("/app/libplugin.dylib")));
    }

    [Fact]
    public void What_is_elsewhere_and_not_there_is_missing()
    {
        Assert.Null(Find("/usr/local/lib/libx.dylib", Image("/app/libplugin.dylib")));
        Assert.Equal(["/usr/local/lib/libx.dylib"], _searched);
    }

    [Fact]
    public void The_loaders_path_is_the_directory_of_the_library_that_asks()
    {
        Put("/app/private/libx.dylib");

        Assert.Equal(("/app/private/libx.dylib", BinaryDependencyReason.LoaderPath), Find("@loader_path/private/libx.dylib", Image("/app/libplugin.dylib")));
    }

    [Fact]
    public void The_executables_path_is_that_of_the_program_and_unknown_without_one()
    {
        Put("/programs/lib/libx.dylib");

        Assert.Equal(
            ("/programs/lib/libx.dylib", BinaryDependencyReason.ExecutablePath),
            Find("@executable_path/lib/libx.dylib", Image("/app/libplugin.dylib"), executable: "/programs/host"));
        Assert.Null(Find("@executable_path/lib/libx.dylib", Image("/app/libplugin.dylib")));
        Assert.Equal(["@executable_path/lib/libx.dylib"], _searched);
    }

    [Fact]
    public void The_run_paths_are_those_of_the_library_then_of_those_that_asked_for_it()
    {
        Put("/first/libx.dylib");
        Put("/second/libx.dylib");
        Put("/app/third/libx.dylib");
        var root = new LoadChain(Image("/app/libplugin.dylib", "/nowhere:@loader_path/third"), null);

        Assert.Equal(("/first/libx.dylib", BinaryDependencyReason.RPath), Find("@rpath/libx.dylib", new LoadChain(Image("/deep/libinner.dylib", "/first:/second"), root)));
        Assert.Equal(("/app/third/libx.dylib", BinaryDependencyReason.RPath), Find("@rpath/libx.dylib", new LoadChain(Image("/deep/libinner.dylib", "/none"), root)));
        Assert.Equal(["/none/libx.dylib", "/nowhere/libx.dylib", "/app/third/libx.dylib"], _searched);
    }

    [Fact]
    public void A_run_path_may_begin_with_the_programs()
    {
        Put("/programs/../lib/libx.dylib");

        Assert.Equal(
            ("/programs/../lib/libx.dylib", BinaryDependencyReason.RPath),
            Find("@rpath/libx.dylib", Image("/app/libplugin.dylib", "@executable_path/../lib"), executable: "/programs/host"));
    }

    [Fact]
    public void A_library_for_another_processor_is_passed_over()
    {
        Put("/first/libx.dylib", s_target with { Architecture = "x86_64" });
        Put("/second/libx.dylib");

        Assert.Equal(("/second/libx.dylib", BinaryDependencyReason.RPath), Find("@rpath/libx.dylib", Image("/app/libplugin.dylib", "/first:/second")));
    }

    [Fact]
    public void The_environment_comes_first_by_the_last_part_of_the_name()
    {
        Put("/override/libx.dylib");
        Put("/opt/libx.dylib");

        Assert.Equal(
            ("/override/libx.dylib", BinaryDependencyReason.DyldLibraryPath),
            Find("/opt/libx.dylib", Image("/app/libplugin.dylib"), libraryPath: "/none:/override"));
    }

    [Fact]
    public void Only_what_was_built_before_macOS_13_falls_back_to_the_default_directories()
    {
        Put("/usr/local/lib/libx.dylib");
        BinaryImage old = Image("/app/libplugin.dylib") with { IgnoresDefaultDirectories = false };

        Assert.Equal(("/usr/local/lib/libx.dylib", BinaryDependencyReason.DefaultDirectory), Find("/opt/libx.dylib", old));
        Assert.Null(Find("/opt/libx.dylib", old with { IgnoresDefaultDirectories = true }));
    }

    [Fact]
    public void Swifts_libraries_are_in_the_shared_cache_unless_a_later_run_path_has_them()
    {
        BinaryImage plugin = Image("/app/libplugin.dylib", "/usr/lib/swift:@loader_path");

        Assert.Equal(("/usr/lib/swift/libswiftCore.dylib", BinaryDependencyReason.SharedCache), Find("@rpath/libswiftCore.dylib", plugin));
        Put("/app/libswiftCore.dylib");
        Assert.Equal(("/app/libswiftCore.dylib", BinaryDependencyReason.RPath), Find("@rpath/libswiftCore.dylib", plugin));
        Assert.Null(Find("@rpath/libother.dylib", plugin));
    }

    private (string?, BinaryDependencyReason)? Find(string name, BinaryImage neededBy, string? executable = null, string? libraryPath = null) =>
        Find(name, new LoadChain(neededBy, null), executable, libraryPath);

    private (string?, BinaryDependencyReason)? Find(string name, LoadChain neededBy, string? executable = null, string? libraryPath = null)
    {
        _searched.Clear();
        var search = new DyldLibrarySearch(s_target, executable, libraryPath, path => _files.GetValueOrDefault(path));
        return search.Find(name, neededBy, _searched) is { } location ? (location.Path, location.Reason) : null;
    }

    private void Put(string path, BinaryTarget? target = null) => _files[path] = Image(path) with { Target = target ?? s_target };

    private static BinaryImage Image(string path, string? runPath = null) =>
        new() { Path = path, Status = default, Target = s_target, Kind = BinaryKind.SharedLibrary, RunPath = runPath, IgnoresDefaultDirectories = true };
}
