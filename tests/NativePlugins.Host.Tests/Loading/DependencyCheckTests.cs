using NativePlugins.Binary;
using NativePlugins.Binary.Dependencies;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Reading;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Threads;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Tests.Loading;

/// <summary>The libraries that a plugin needs must keep the same rules as the plugin, before any of them is mapped.</summary>
[Collection(nameof(LoaderLock))]
public sealed class DependencyCheckTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(const void **d) { *d = 0; return 0; }";

    private readonly TemporaryDirectory _temp = new();

    private readonly List<string> _planted = [];

    public void Dispose()
    {
        _planted.ForEach(File.Delete);
        _temp.Dispose();
    }

    [RefusalTheory]
    [InlineData("libcurrent_dot.so", ".", "'.' in DT_RUNPATH")]
    [InlineData("libcurrent_empty.so", "/nothing:", "an empty element of DT_RUNPATH")]
    [InlineData("libcurrent_other.so", "./.", "'./.' in DT_RUNPATH")]
    [InlineData("libcurrent_first.so", ".:$ORIGIN", "'.' in DT_RUNPATH")]
    public void What_is_looked_for_in_the_current_directory_is_refused_wherever_it_lies(string name, string runPath, string place)
    {
        string plugin = Plugin(name, "-Wl,-rpath," + runPath);
        if (!runPath.Contains('$', StringComparison.Ordinal))
        {
            Plant(name);
        }

        var refusal = Assert.Throws<PluginCurrentDirectoryException>(() => Require(plugin));

        Assert.Contains(place, refusal.Found, StringComparison.Ordinal);
        Assert.Equal("NP2015", PluginBinary.Inspect(plugin).Verdict.Reasons[0].Code);
    }

    [RefusalFact]
    public void A_relative_path_in_DT_NEEDED_is_refused()
    {
        string plugin = Plugin("./libcurrent_needed.so", "-Wl,-rpath,$ORIGIN");
        Plant("libcurrent_needed.so");

        Assert.Contains("./libcurrent_needed.so", Assert.Throws<PluginCurrentDirectoryException>(() => Require(plugin)).Found, StringComparison.Ordinal);
    }

    [RefusalTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_others_may_write_to_is_refused_unless_that_is_allowed(bool isFile)
    {
        string plugin = Plugin($"libwritable_{isFile}.so", "-Wl,-rpath,$ORIGIN/private", "private");
        File.SetUnixFileMode(
            isFile ? _temp[$"private/libwritable_{isFile}.so"] : _temp["private"],
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        Assert.Throws<PluginDirectoryNotTrustedException>(() => Require(plugin));
        Require(plugin, allowUntrusted: true);
        Assert.Equal("NP1004", Assert.Single(PluginBinary.Inspect(plugin).Verdict.Reasons).Code);
        Assert.True(PluginBinary.Inspect(plugin, new BinaryInspectionOptions { AllowUntrustedDirectories = true }).Verdict.IsLoadable);
    }

    [RefusalFact]
    public void An_executable_stack_is_refused_whoever_wants_it_unless_that_is_allowed()
    {
        string plugin = Plugin("libexecutable_stack.so", "-Wl,-rpath,$ORIGIN", options: "-Wl,-z,execstack");

        Assert.Contains("libexecutable_stack.so", Assert.Throws<PluginExecutableStackException>(() => Require(plugin)).Found, StringComparison.Ordinal);
        Require(plugin, allowExecutableStack: true);
        Assert.Equal("NP2010", Assert.Single(PluginBinary.Inspect(plugin).Verdict.Reasons).Code);
    }

    [RefusalFact]
    public void What_is_loaded_already_is_not_looked_for()
    {
        string plugin = CCompiler.Library(Entry, "-Wl,--no-as-needed", "-lm", "-Wl,-rpath,.");
        string soname = Preflight.Read(plugin, FileSystem.Current).Needed[0];
        Assert.Equal("libm.so.6", soname);

        Require(plugin);

        Assert.True(LoadedLibraries.HaveAll(["libm.so.6", "libc.so.6"]));
        Assert.False(LoadedLibraries.HaveAll(["libc.so.6", "libnobody_has_this.so"]));
    }

    [RefusalFact]
    public void More_static_thread_local_data_than_the_process_has_left_is_refused_with_the_figure()
    {
        string large = CCompiler.Library(WithLocal(8192));
        string small = CCompiler.Library(WithLocal(8));

        BinaryInspection inspection = PluginBinary.Inspect(large);

        Assert.Equal("NP3007", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.Equal((8192, false), (inspection.StaticTls!.Needed, inspection.StaticTls.Fits));
        Assert.InRange(inspection.StaticTls.Left!.Value, 0, 4096);
        Assert.Equal((8, true), (PluginBinary.Inspect(small).StaticTls!.Needed, PluginBinary.Inspect(small).StaticTls!.Fits));
        using var host = new PluginHost();
        Assert.Contains("8,192", Assert.Throws<PluginStaticTlsException>(() => host.Load(large)).Found, StringComparison.Ordinal);
    }

    [RefusalFact]
    public void Static_thread_local_data_of_a_library_that_others_need_too_counts_once()
    {
        string stub = CCompiler.Library("int own(void) { return 1; }", "-Wl,-soname,libplugin.so");
        string helper = CCompiler.Library(
            "int own(void); static __thread char local[48] __attribute__((tls_model(\"initial-exec\"))); char *helper(int i) { return &local[i + own()]; }",
            "-Wl,-soname,libneeds_back.so", stub);
        File.Copy(helper, _temp["libneeds_back.so"]);
        File.Copy(CCompiler.Library(WithLocal(16) + " char *helper(int); int own(void) { return *helper(0); }", helper, "-Wl,-rpath,$ORIGIN", "-Wl,-soname,libplugin.so"), _temp["libplugin.so"]);

        Assert.Equal(48 + 16, PluginBinary.Inspect(_temp["libplugin.so"]).StaticTls!.Needed);
    }

    [RefusalFact]
    public void A_private_library_of_other_bytes_under_a_loaded_SONAME_is_a_conflict_with_default_options()
    {
        string first = Plugin("libshared_name.so", "-Wl,-rpath,$ORIGIN", "first", value: 1, inFolder: true);
        string second = Plugin("libshared_name.so", "-Wl,-rpath,$ORIGIN", "second", value: 2, inFolder: true);
        string same = Plugin("libshared_name.so", "-Wl,-rpath,$ORIGIN", "same", value: 1, inFolder: true);
        Require(first);
        Assert.True(HostSystem.Current.TryOpenLibrary(first, out nint handle, out _));
        try
        {
            var conflict = Assert.Throws<PluginDependencyConflictException>(() => Require(second));
            Assert.Contains(_temp["second/libshared_name.so"], conflict.Expected, StringComparison.Ordinal);
            Require(same);
            PrivateLibraries.Release(same, wasMapped: false);
        }
        finally
        {
            HostSystem.Current.CloseLibrary(handle, first);
            PrivateLibraries.Release(first, wasMapped: true);
        }

        Require(second);
        PrivateLibraries.Release(second, wasMapped: false);
    }

    [RefusalFact]
    public void A_private_library_is_checked_as_the_plugin_is()
    {
        string plugin = Plugin("libdefect_check.so", "-Wl,-rpath,$ORIGIN");
        byte[] bytes = File.ReadAllBytes(_temp["libdefect_check.so"]);
        DynamicSection.SetValue(bytes, DynamicSection.GnuHash, 1UL << 40);
        File.WriteAllBytes(_temp["libdefect_check.so"], bytes);

        Assert.Contains("NP2004", Assert.Throws<PluginDependencyBrokenException>(() => Require(plugin)).Found, StringComparison.Ordinal);
    }

    /// <summary>Copies a library of this test into the current directory.</summary>
    private void Plant(string name)
    {
        string planted = Path.Combine(Environment.CurrentDirectory, name);
        File.Copy(_temp[name], planted, overwrite: true);
        _planted.Add(planted);
    }

    private static string WithLocal(int size) =>
        $"{Entry} static __thread char local[{size}] __attribute__((tls_model(\"initial-exec\"))); char *touch(int i) {{ return &local[i]; }}";

    private static void Require(string plugin, bool allowUntrusted = false, bool allowExecutableStack = false) => new DependencyCheck(
        FileSystem.Current,
        new DependencyPolicy(
            FileSystem.Current,
            allowUntrusted ? null : new FileTrust(FileSystem.Current, ApplicationDirectory.Find(FileSystem.Current)),
            allowExecutableStack)).Require(PluginPreflight.Check(plugin), staged: null);

    /// <summary>Makes a plugin and a library that it needs, which lies beside it or in a folder below it.</summary>
    private string Plugin(string needed, string search, string? folder = null, int value = 1, bool inFolder = false, string options = "-Wl,-z,now")
    {
        string source = $"int helper(void) {{ return {value}; }}";
        string helper = CCompiler.Library(source, "-Wl,-soname," + needed, options);
        if (folder is not null)
        {
            _temp.CreateDirectory(folder);
        }

        File.Copy(helper, _temp[Path.Join(folder, Path.GetFileName(needed))]);
        string plugin = _temp[Path.Join(inFolder ? folder : null, "libplugin.so")];
        File.Copy(CCompiler.Library(Entry + " int helper(void); int x(void) { return helper(); }", helper, search), plugin);
        return plugin;
    }
}
