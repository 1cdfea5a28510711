using System.Text;
using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>ELF libraries in a directory that stands for the root of a system with musl, as Alpine Linux.</summary>
public sealed class MuslRootTests : IDisposable
{
    private const string Plugin = "int helper(void); int np_plugin_entry_v1(void) { return helper(); }";
    private const string Helper = "int helper(void) { return 1; }";

    private static readonly ElfPlatform s_platform = ElfPlatform.Of(BinaryTarget.OfProcess(FileSystem.Current));

    private readonly TemporaryDirectory _temp = new();

    public MuslRootTests() => Put(CCompiler.Library("int puts(const char *s) { return *s; }", "-nostdlib"), s_platform.MuslLoader![1..]);

    public void Dispose() => _temp.Dispose();

    [LinuxTheory]
    [InlineData("libc.so")]
    [InlineData("libc.musl-x86_64.so.1")]
    [InlineData("libm.so.6")]
    [InlineData("libpthread.so.0")]
    public void The_loader_is_all_parts_of_the_C_library(string name)
    {
        BinaryDependency dependency = Assert.Single(Inspect(Needing(name)).Dependencies);

        Assert.Equal((BinaryDependencyReason.Loader, s_platform.MuslLoader), (dependency.Reason, dependency.Resolved));
    }

    [LinuxFact]
    public void The_loader_answers_to_its_own_name() =>
        Assert.Equal(BinaryDependencyReason.Loader, Assert.Single(Inspect(Needing(Path.GetFileName(s_platform.MuslLoader!))).Dependencies).Reason);

    [LinuxFact]
    public void Names_that_only_begin_alike_are_searched() =>
        Assert.Equal(["/lib", "/usr/local/lib", "/usr/lib"], Assert.Single(Inspect(Needing("libcurl.so")).Dependencies).Searched);

    [LinuxFact]
    public void The_directories_are_those_of_musl_in_its_order()
    {
        string plugin = Needing("libhelper.so");
        foreach (string directory in (string[])["usr/lib", "usr/local/lib", "lib"])
        {
            Put(CCompiler.Library(Helper, "-nostdlib"), $"{directory}/libhelper.so");
            Assert.Equal($"/{directory}/libhelper.so", Assert.Single(Inspect(plugin).Dependencies).Resolved);
        }
    }

    [LinuxTheory]
    [InlineData("/opt/first\n/opt/second\n")]
    [InlineData("/opt/first:/opt/second/")]
    public void The_systems_own_list_of_directories_counts(string list)
    {
        _temp.CreateDirectory("etc");
        _temp.WriteFile($"etc/{s_platform.MuslName}.path", Encoding.UTF8.GetBytes(list));
        Put(CCompiler.Library(Helper, "-nostdlib"), "opt/second/libhelper.so");
        Put(CCompiler.Library(Helper, "-nostdlib"), "lib/libhelper.so");

        Assert.Equal("/opt/second/libhelper.so", Assert.Single(Inspect(Needing("libhelper.so")).Dependencies).Resolved);
    }

    [LinuxFact]
    public void A_system_that_has_glibcs_loader_too_is_glibcs()
    {
        Put(CCompiler.Library("int x;", "-nostdlib"), s_platform.Loader![1..]);

        Assert.Null(Assert.Single(Inspect(Needing("libc.so")).Dependencies).Resolved);
    }

    [MuslFact]
    public void What_musls_own_compiler_makes_finds_all_that_it_needs_and_is_refused_for_its_C_library_alone()
    {
        File.Delete(_temp[s_platform.MuslLoader![1..]]);
        Put(Path.Combine(Path.GetDirectoryName(MuslFactAttribute.Specs)!, "libc.so"), s_platform.MuslLoader![1..]);
        string plugin = Put(CCompiler.Library("int puts(const char *); int np_plugin_entry_v1(void) { return puts(\"\"); }", "-specs=" + MuslFactAttribute.Specs), "opt/libplugin.so");

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal(s_platform.MuslLoader, Assert.Single(inspection.Dependencies).Resolved);
        Assert.Equal("NP3014", Assert.Single(inspection.Verdict.Reasons).Code);
    }

    private string Needing(string name) => Put(
        CCompiler.Library(Plugin, "-nostdlib", "-Wl,--no-as-needed", CCompiler.Library(Helper, "-nostdlib", $"-Wl,-soname,{name}")), "opt/libplugin.so");

    private BinaryInspection Inspect(string path) => Libraries.Inspect(path, new BinaryInspectionOptions { Root = _temp.Path });

    private string Put(string file, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[path])!);
        File.Copy(file, _temp[path], overwrite: true);
        return _temp[path];
    }
}
