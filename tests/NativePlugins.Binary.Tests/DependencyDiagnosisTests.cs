using System.Runtime.InteropServices;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Diagnosis;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Tests;

public sealed class DependencyDiagnosisTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_library_that_lacks_nothing_is_not_explained()
    {
        Assert.Null(Explain(CCompiler.Plugin()));
        Assert.Null(Explain(CCompiler.Library(Entry + "double sin(double); double x(double d) { return sin(d); }", "-lm")));
    }

    [Fact]
    public void The_libraries_of_this_runtime_lack_nothing()
    {
        string runtime = RuntimeEnvironment.GetRuntimeDirectory();
        foreach (string path in Directory.EnumerateFiles(runtime, "libSystem.*.so"))
        {
            Assert.Null(DependencyDiagnosis.Explain(Preflight.Read(path, FileSystem.Current)));
        }
    }

    [Fact]
    public void A_missing_dependency_is_named_with_every_place()
    {
        string absent = Dependency("libabsent_one.so", "int absent(void) { return 1; }");
        string plugin = Plugin("int absent(void); int x(void) { return absent(); }", absent, "-Wl,-rpath,$ORIGIN/private:/opt/other");
        File.Delete(absent);

        var e = Libraries.IsReason(BinaryErrors.DependencyMissing, Explain(plugin));

        Assert.Equal("NP3001", e.Code);
        Assert.Contains("'libabsent_one.so'", e.Message, StringComparison.Ordinal);
        foreach (string place in (string[])[_temp["private"], "/opt/other", "/etc/ld.so.cache", "/usr/lib"])
        {
            Assert.Contains(place, e.Found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_dependency_of_a_dependency_is_named_with_who_needs_it()
    {
        string inner = Dependency("libinner_two.so", "int inner(void) { return 1; }");
        string outer = Dependency("libouter_two.so", "int inner(void); int outer(void) { return inner(); }", inner);
        string plugin = Plugin("int outer(void); int x(void) { return outer(); }", outer, "-Wl,-rpath,$ORIGIN", "-Wl,--allow-shlib-undefined");
        File.Delete(inner);

        var e = Libraries.IsReason(BinaryErrors.DependencyMissing, Explain(plugin));

        Assert.Contains($"'libinner_two.so', needed by '{outer}'", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dependency_beside_the_plugin_is_found_through_its_run_path()
    {
        string dependency = Dependency("libbeside_three.so", "int beside(void) { return 1; }");
        const string Use = "int beside(void); int x(void) { return beside(); }";

        Assert.Null(Explain(Plugin(Use, dependency, "-Wl,-rpath,$ORIGIN")));
        Assert.Null(Explain(Plugin(Use, dependency, "-Wl,--disable-new-dtags,-rpath,$ORIGIN")));
        Libraries.IsReason(BinaryErrors.DependencyMissing, Explain(Plugin(Use, dependency)));
        Assert.Null(DependencyDiagnosis.Explain(
            Libraries.Check(Plugin(Use, dependency)), FileSystem.Current, libraryPath: $"/nowhere:{_temp.Path}"));
    }

    [Fact]
    public void A_dependency_for_another_machine_counts_as_missing()
    {
        string dependency = Dependency("libother_four.so", "int other(void) { return 1; }");
        string plugin = Plugin("int other(void); int x(void) { return other(); }", dependency, "-Wl,-rpath,$ORIGIN");
        byte[] bytes = File.ReadAllBytes(dependency);
        bytes[18] = 183;
        bytes[19] = 0;
        File.WriteAllBytes(dependency, bytes);

        Libraries.IsReason(BinaryErrors.DependencyMissing, Explain(plugin));
    }

    [Fact]
    public void An_undefined_function_is_named()
    {
        var e = Libraries.IsReason(BinaryErrors.SymbolMissing, 
            Explain(CCompiler.Library(Entry + "int nobody_defines_this(void); int puts(const char *); int x(void) { return puts(\"\") + nobody_defines_this(); }")));

        Assert.Equal("NP3002", e.Code);
        Assert.Contains("'nobody_defines_this'", e.Message, StringComparison.Ordinal);
        Assert.Contains("libc.so.6", e.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weak_undefined_function_is_not_missing() =>
        Assert.Null(Explain(CCompiler.Library(Entry + "extern void w(void) __attribute__((weak)); void x(void) { if (w) w(); }")));

    [Fact]
    public void A_symbol_that_a_library_has_in_another_version_is_missing()
    {
        string one = _temp.WriteFile("one.map", "V_1 { global: versioned; };"u8);
        string two = _temp.WriteFile("two.map", "V_2 { global: versioned; };"u8);
        const string Source = "int versioned(void) { return 1; }";
        string dependency = Dependency("libversioned_five.so", Source, "-Wl,--version-script," + two);
        string plugin = Plugin("int versioned(void); int x(void) { return versioned(); }", dependency, "-Wl,-rpath,$ORIGIN");
        Assert.Null(Explain(plugin));
        Dependency("libversioned_five.so", Source, "-Wl,--version-script," + one);

        var e = Libraries.IsReason(BinaryErrors.SymbolMissing, Explain(plugin));

        Assert.Contains("'versioned@V_2'", e.Message, StringComparison.Ordinal);
        Assert.Contains(dependency, e.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_vanished_is_not_explained()
    {
        string path = Plugin("int x;");
        BinaryImage image = Libraries.Check(path);
        File.Delete(path);

        Assert.Null(DependencyDiagnosis.Explain(image));
    }

    [NoExecMountFact]
    public void A_library_on_a_mount_without_exec_is_explained_by_it()
    {
        BinaryImage image = Libraries.Check(CCompiler.Plugin()) with { Path = NoExecMountFactAttribute.Mount };

        var e = Libraries.IsReason(BinaryErrors.MountNoExec, DependencyDiagnosis.Explain(image));
        Assert.Contains($"'{NoExecMountFactAttribute.Mount}'", e.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/b/c", "/a/b")]
    [InlineData("/a/bc", "/a")]
    [InlineData("/a/with space/x", "/a/with space")]
    [InlineData("/z", "/")]
    public void The_mount_point_is_the_longest_one_above_the_path(string path, string expected)
    {
        string[] mounts =
        [
            "1 0 8:1 / / rw - ext4 /dev/a rw", "2 1 8:2 / /a rw - ext4 /dev/b rw",
            "3 2 8:3 / /a/b rw,noexec - tmpfs t rw", "4 2 8:4 / /a/with\\040space rw - tmpfs t rw", "broken",
        ];

        Assert.Equal(expected, LinuxMounts.FindMountPoint(path, mounts));
    }

    [LoaderCacheFact]
    public void The_loaders_cache_is_read_within_bounds()
    {
        byte[] bytes = File.ReadAllBytes("/etc/ld.so.cache");
        Assert.Contains(LdSoCache.Parse(bytes, BinaryTarget.OfProcess(FileSystem.Current))!.Find("libc.so.6"), entry => entry.Path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] cut = bytes[..random.Next(bytes.Length)];
            byte[] changed = [.. bytes];
            random.NextBytes(changed.AsSpan(20 + random.Next(400), 8));
            LdSoCache.Parse(cut, BinaryTarget.OfProcess(FileSystem.Current))?.Find("libc.so.6");
            LdSoCache.Parse(changed, BinaryTarget.OfProcess(FileSystem.Current))?.Find("libc.so.6");
        }
    }

    private static BinaryReason? Explain(string path) =>
        DependencyDiagnosis.Explain(Libraries.Check(path), FileSystem.Current, libraryPath: null);

    private string Dependency(string name, string source, params string[] options) =>
        Copy(CCompiler.Library(source, ["-Wl,-soname," + name, .. options]), name);

    private string Plugin(string source, params string[] options) =>
        Copy(CCompiler.Library(Entry + source, options), "libplugin.so");

    private string Copy(string from, string name)
    {
        File.Copy(from, _temp[name], overwrite: true);
        return _temp[name];
    }
}
