using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>The rules of Windows for the way in which this host loads plugins, for files that exist only in this test.</summary>
public sealed class WindowsLibrarySearchTests
{
    private const string Plugin = @"D:\plugins\plugin.dll";

    private static readonly BinaryTarget s_target = new(BinaryFormat.Pe, 64, true, "x86-64", "Windows");

    private readonly Dictionary<string, BinaryImage> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _searched = [];

    [Theory]
    [InlineData("api-ms-win-core-file-l1-2-0.dll")]
    [InlineData("API-MS-WIN-CRT-HEAP-L1-1-0")]
    [InlineData("ext-ms-win-ntuser-window-l1-1-4.dll")]
    public void An_API_set_is_a_part_of_Windows_without_a_path(string name) =>
        Assert.Equal((null, BinaryDependencyReason.ApiSet), Find(name));

    [Fact]
    public void A_known_library_comes_from_the_system_directory_whatever_lies_beside_the_plugin()
    {
        Put(@"D:\plugins\kernel32.dll");
        Put(@"C:\Windows\System32\kernel32.dll");

        Assert.Equal((@"C:\Windows\System32\KERNEL32.dll", BinaryDependencyReason.KnownDll), Find("KERNEL32.dll"));
    }

    [Fact]
    public void The_plugins_directory_comes_before_the_system_directory_also_for_what_its_libraries_need()
    {
        Put(@"C:\Windows\System32\helper.dll");
        Assert.Equal((@"C:\Windows\System32\helper.dll", BinaryDependencyReason.SystemDirectory), Find("helper.dll"));
        Put(@"D:\plugins\helper.dll");

        Assert.Equal((@"D:\plugins\helper.dll", BinaryDependencyReason.LoadDirectory), Find("helper.dll"));
        Assert.Equal(
            (@"D:\plugins\helper.dll", BinaryDependencyReason.LoadDirectory),
            Find("helper.dll", new LoadChain(Image(@"C:\elsewhere\inner.dll"), new LoadChain(Image(Plugin), null))));
    }

    [Fact]
    public void Neither_the_programs_directory_nor_the_path_is_searched()
    {
        Assert.Null(Find("helper"));
        Assert.Equal([@"D:\plugins\helper.dll", @"C:\Windows\System32\helper.dll"], _searched);
    }

    [Fact]
    public void A_library_for_another_machine_ends_the_search()
    {
        Put(@"D:\plugins\helper.dll", s_target with { Architecture = "ARM64" });
        Put(@"C:\Windows\System32\helper.dll");

        Assert.Null(Find("helper.dll"));
        Assert.Equal([@"D:\plugins\helper.dll (PE 64-bit ARM64, for Windows)"], _searched);
    }

    [Theory]
    [InlineData(true, @"C:\Windows\SysWOW64\version.dll")]
    [InlineData(false, @"C:\Windows\System32\version.dll")]
    public void A_32_bit_library_has_the_system_directory_of_its_Windows(bool isWow64, string expected)
    {
        BinaryTarget target = s_target with { Bits = 32, Architecture = "x86" };
        Put(@"C:\Windows\SysWOW64\version.dll", target);
        Put(@"C:\Windows\System32\version.dll", isWow64 ? s_target : target);

        var search = new WindowsLibrarySearch(target, @"C:\Windows", isWow64, path => _files.GetValueOrDefault(path));

        Assert.Equal(expected, search.Find("version.dll", new LoadChain(Image(Plugin), null), _searched)!.Path);
    }

    private (string?, BinaryDependencyReason)? Find(string name, LoadChain? neededBy = null)
    {
        _searched.Clear();
        var search = new WindowsLibrarySearch(s_target, @"C:\Windows", isWow64: true, path => _files.GetValueOrDefault(path));
        return search.Find(name, neededBy ?? new LoadChain(Image(Plugin), null), _searched) is { } location ? (location.Path, location.Reason) : null;
    }

    private void Put(string path, BinaryTarget? target = null) => _files[path] = Image(path) with { Target = target ?? s_target };

    private static BinaryImage Image(string path) =>
        new() { Path = path, Status = default, Target = s_target, Kind = BinaryKind.SharedLibrary };
}
