using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Inspection;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>Trees of libraries that exist only in this test.</summary>
public sealed class DependencyTreeTests
{
    private static readonly BinaryTarget s_windows = new(BinaryFormat.Pe, 64, true, "x86-64", "Windows");
    private static readonly BinaryTarget s_mac = new(BinaryFormat.MachO, 64, true, "arm64", "macOS");

    private readonly Dictionary<string, BinaryImage> _files = new(StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void What_is_needed_by_another_spelling_is_the_one_that_is_listed()
    {
        BinaryImage plugin = Windows(@"C:\p\plugin.dll", "helper.dll", "KERNEL32.dll", "later.dll") with { DelayedNeeded = new HashSet<string> { "later.dll" } };
        Windows(@"C:\p\helper.dll", "kernel32.dll", "LATER.dll", "absent.dll");
        Windows(@"C:\Windows\System32\kernel32.dll", "NTDLL.dll");
        Windows(@"C:\Windows\System32\ntdll.dll");
        Windows(@"C:\p\later.dll", "Helper.DLL", "ntdll.dll");

        List<BinaryDependency> listed = DependencyList.From(
            plugin, plugin.Path, Read(plugin, WindowsSearch()), DependencyList.WithoutPaths(plugin, new BinarySymbols { Exports = [], Undefined = [] }));

        Assert.Equal(
        [
            ("helper.dll", "KERNEL32.dll LATER.dll absent.dll", true),
            ("KERNEL32.dll", "NTDLL.dll", true),
            ("LATER.dll", "helper.dll NTDLL.dll", true),
            ("absent.dll", "", false),
            ("NTDLL.dll", "", false),
        ],
        listed.Select(dependency => (dependency.Name, string.Join(' ', dependency.Needs), dependency.IsDirect)));
    }

    [Fact]
    public void A_tree_of_more_than_4096_names_is_malformed()
    {
        string[] needed = [.. Enumerable.Range(0, 4097).Select(i => $"absent{i}.dll")];
        Assert.Equal(4096, Read(Windows(@"C:\p\plugin.dll", needed[..4096]), WindowsSearch()).Missing.Count);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Read(Windows(@"C:\p\plugin.dll", needed), WindowsSearch()));

        Assert.Equal(("at most 4,096 libraries in all", "more"), (e.Expected, e.Found));
    }

    [Fact]
    public void Names_that_are_looked_for_in_too_many_places_make_a_file_malformed()
    {
        string[] needed = [.. Enumerable.Range(0, 1000).Select(i => $"@rpath/absent{i}.dylib")];
        BinaryImage plugin = Mac(string.Join(':', Enumerable.Range(0, 1000).Select(i => $"/r{i}")), needed);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Read(plugin, MacSearch()));

        Assert.Equal(("a search in at most 262,144 places", "more"), (e.Expected, e.Found));
    }

    [Fact]
    public void Places_whose_names_are_too_long_to_be_kept_make_a_file_malformed()
    {
        BinaryImage plugin = Mac("/" + new string('r', 1 << 20), [.. Enumerable.Range(0, 9).Select(i => $"@rpath/absent{i}.dylib")]);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Read(plugin, MacSearch()));

        Assert.Equal(("places of at most 8,388,608 characters in all", "more"), (e.Expected, e.Found));
        Assert.Equal(7, Read(plugin with { Needed = [.. plugin.Needed.Take(7)] }, MacSearch()).Missing.Count);
    }

    private static DependencyTree Read(BinaryImage image, LibrarySearch search) =>
        DependencyTree.Read(image, search, new Dictionary<string, BinaryImage>());

    private WindowsLibrarySearch WindowsSearch() => new(s_windows, @"C:\Windows", isWow64: true, path => _files.GetValueOrDefault(path));

    private DyldLibrarySearch MacSearch() => new(s_mac, executable: null, libraryPath: null, path => _files.GetValueOrDefault(path));

    private BinaryImage Windows(string path, params string[] needed) =>
        _files[path] = new() { Path = path, Status = default, Target = s_windows, Kind = BinaryKind.SharedLibrary, Needed = needed };

    private BinaryImage Mac(string runPath, string[] needed) => _files["/p/plugin.dylib"] = new()
    {
        Path = "/p/plugin.dylib",
        Status = default,
        Target = s_mac,
        Kind = BinaryKind.SharedLibrary,
        Needed = needed,
        RunPath = runPath,
        IgnoresDefaultDirectories = true,
    };
}
