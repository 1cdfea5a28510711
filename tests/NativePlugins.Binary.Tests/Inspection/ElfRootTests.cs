using System.Diagnostics;
using NativePlugins.Binary.Elf;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;
using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>ELF libraries in a directory that stands for the root of a Linux system.</summary>
public sealed class ElfRootTests : IDisposable
{
    private const string Plugin = "int helper_of_root(void); int np_plugin_entry_v1(void) { return helper_of_root(); }";
    private const string HelperSource = "int helper_of_root(void) { return 1; }";
    private const string HelperName = "libhelper_of_root.so.1";

    private static readonly string s_triplet = ElfPlatform.Of(BinaryTarget.OfProcess(FileSystem.Current)).Triplet;

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [LinuxFact]
    public void A_path_of_the_library_is_one_below_the_root()
    {
        Put(Helper(), $"opt/private/{HelperName}");
        string plugin = Put(PluginWith("-Wl,-rpath,/opt/private"), "opt/app/libplugin.so");

        BinaryDependency dependency = Assert.Single(Inspect(plugin).Dependencies);

        Assert.Equal((BinaryDependencyReason.RunPath, $"/opt/private/{HelperName}"), (dependency.Reason, dependency.Resolved));
        Assert.True(Inspect(plugin).Verdict.IsLoadable);
    }

    [LinuxFact]
    public void The_librarys_own_directory_is_called_as_it_is_there()
    {
        Put(Helper(), $"opt/app/private/{HelperName}");
        string plugin = Put(PluginWith("-Wl,-rpath,$ORIGIN/private"), "opt/app/libplugin.so");

        Assert.Equal($"/opt/app/private/{HelperName}", Assert.Single(Inspect(plugin).Dependencies).Resolved);
    }

    [LinuxTheory]
    [InlineData("usr/lib")]
    [InlineData("lib64")]
    [InlineData("usr/lib/TRIPLET")]
    public void The_default_directories_are_those_below_the_root(string directory)
    {
        directory = directory.Replace("TRIPLET", s_triplet, StringComparison.Ordinal);
        Put(Helper(), $"{directory}/{HelperName}");
        string plugin = Put(PluginWith(), "opt/app/libplugin.so");

        BinaryDependency dependency = Assert.Single(Inspect(plugin).Dependencies);

        Assert.Equal((BinaryDependencyReason.DefaultDirectory, $"/{directory}/{HelperName}"), (dependency.Reason, dependency.Resolved));
    }

    [LinuxFact]
    public void What_only_this_system_has_is_missing_there()
    {
        string plugin = Put(CCompiler.Plugin("-Wl,--no-as-needed"), "opt/app/libplugin.so");
        Assert.True(Libraries.Inspect(plugin).Verdict.IsLoadable);

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal("NP3001", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.Null(Assert.Single(inspection.Dependencies, dependency => dependency.Name == "libc.so.6").Resolved);
    }

    [LinuxFact]
    public void A_symbolic_link_leads_where_it_would_lead_there()
    {
        string real = Put(Helper(), $"real/{HelperName}");
        _temp.CreateDirectory("opt");
        _temp.CreateDirectory("usr/lib");
        _temp.Link("opt/links", "/opt/../indirect");
        _temp.Link("indirect", "real");
        _temp.Link($"usr/lib/{HelperName}", $"../../opt/links/{HelperName}");
        string plugin = Put(PluginWith(), "opt/app/libplugin.so");

        Assert.Equal($"/usr/lib/{HelperName}", Assert.Single(Inspect(plugin).Dependencies).Resolved);

        // This system has such a file, but the other one has not.
        File.Delete(_temp[$"usr/lib/{HelperName}"]);
        _temp.Link($"usr/lib/{HelperName}", real);
        Assert.Null(Assert.Single(Inspect(plugin).Dependencies).Resolved);
    }

    [LinuxFact]
    public void Symbolic_links_that_lead_to_each_other_lead_nowhere()
    {
        _temp.CreateDirectory("usr/lib");
        _temp.Link($"usr/lib/{HelperName}", "other");
        _temp.Link("usr/lib/other", HelperName);
        string plugin = Put(PluginWith(), "opt/app/libplugin.so");

        Assert.Equal("NP3001", Assert.Single(Inspect(plugin).Verdict.Reasons).Code);
    }

    [LoaderCacheFact]
    public void The_cache_is_that_of_the_root()
    {
        Put(Helper(), $"srv/libraries/{HelperName}");
        _temp.WriteFile("etc/ld.so.conf", "/srv/libraries\n"u8);
        Assert.Equal(0, Run("/sbin/ldconfig", "-X", "-r", _temp.Path));
        string plugin = Put(PluginWith(), "opt/app/libplugin.so");

        BinaryDependency dependency = Assert.Single(Inspect(plugin).Dependencies);

        Assert.Equal((BinaryDependencyReason.Cache, $"/srv/libraries/{HelperName}"), (dependency.Reason, dependency.Resolved));
    }

    [LinuxFact]
    public void A_name_that_nothing_below_the_root_defines_is_found()
    {
        Put(CCompiler.Library("int other(void) { return 1; }", "-nostdlib", $"-Wl,-soname,{HelperName}"), $"usr/lib/{HelperName}");
        string plugin = Put(PluginWith(), "opt/app/libplugin.so");

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal("NP3002", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.Equal(["helper_of_root"], inspection.Unresolved.Select(symbol => symbol.Name));
    }

    [LinuxFact]
    public void A_program_is_shown_with_what_it_needs_there()
    {
        Put(Helper(), $"usr/lib/{HelperName}");
        string program = Put(
            CCompiler.Compile("int helper_of_root(void); int _start(void) { return helper_of_root(); }", "-nostdlib", Helper()), "usr/bin/program");

        BinaryInspection inspection = Inspect(program);

        Assert.Equal(BinaryKind.Executable, inspection.Kind);
        Assert.Equal($"/usr/lib/{HelperName}", Assert.Single(inspection.Dependencies, dependency => dependency.Name == HelperName).Resolved);
    }

    [Theory]
    [ForeignLibrary("linux-arm64")]
    public void A_system_of_another_processor_has_its_own_directories(string name)
    {
        string plugin = Put(ForeignLibraries.Make(name), "opt/app/libplugin.so");
        Assert.All(Libraries.Inspect(plugin).Dependencies, dependency => Assert.Equal(BinaryDependencyReason.Foreign, dependency.Reason));
        BinaryInspection alone = Inspect(plugin);
        Assert.Equal(["NP2006", "NP3001"], alone.Verdict.Reasons.Select(reason => reason.Code));
        string missing = alone.Dependencies.First(dependency => dependency.Resolved is null).Name;
        Assert.Contains("/usr/lib/aarch64-linux-gnu", alone.Dependencies.First(dependency => dependency.Name == missing).Searched);
        Assert.DoesNotContain("/usr/lib/x86_64-linux-gnu", alone.Dependencies.First(dependency => dependency.Name == missing).Searched);
    }

    private BinaryInspection Inspect(string path) => Libraries.Inspect(path, new BinaryInspectionOptions { Root = _temp.Path });

    private static string Helper() => CCompiler.Library(HelperSource, "-nostdlib", $"-Wl,-soname,{HelperName}");

    private static string PluginWith(params string[] options) => CCompiler.Library(Plugin, ["-nostdlib", Helper(), .. options]);

    private string Put(string file, string relative)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp[relative])!);
        File.Copy(file, _temp[relative]);
        return _temp[relative];
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
