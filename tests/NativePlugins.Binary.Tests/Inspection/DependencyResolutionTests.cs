using NativePlugins.Binary.Files;
using NativePlugins.Binary.Inspection;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>Which file a needed library resolves to, and why.</summary>
public sealed class DependencyResolutionTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";
    private const string Use = "int helper(void); int x(void) { return helper(); }";

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_systems_libraries_come_from_the_cache_and_the_loader_is_itself()
    {
        BinaryInspection inspection = Inspect(CCompiler.Plugin("-Wl,--no-as-needed"));

        Assert.Equal(BinaryDependencyReason.Cache, Find(inspection, "libc.so.6").Reason);
        Assert.EndsWith("/libc.so.6", Find(inspection, "libc.so.6").Resolved, StringComparison.Ordinal);
        Assert.All(inspection.Dependencies, dependency => Assert.True(File.Exists(dependency.Resolved)));
        Assert.Contains(inspection.Dependencies, dependency => dependency is { Reason: BinaryDependencyReason.Loader, IsDirect: false });
    }

    [Theory]
    [InlineData("-Wl,--enable-new-dtags,-rpath,$ORIGIN/private", BinaryDependencyReason.RunPath)]
    [InlineData("-Wl,--disable-new-dtags,-rpath,$ORIGIN/private", BinaryDependencyReason.RPath)]
    public void A_search_path_of_the_library_is_named_with_its_element(string option, BinaryDependencyReason reason)
    {
        _temp.CreateDirectory("private");
        string helper = Copy(Helper(), "private/libhelper_resolution.so");

        BinaryDependency dependency = Find(Inspect(Plugin(helper, option)), "libhelper_resolution.so");

        Assert.Equal(reason, dependency.Reason);
        Assert.Equal("$ORIGIN/private", dependency.FoundThrough);
        Assert.Equal(helper, dependency.Resolved);
    }

    [LinuxFact]
    public void A_token_in_a_needed_name_is_followed_and_listed_as_it_stands()
    {
        _temp.CreateDirectory("private");
        string helper = CCompiler.Library("int helper(void) { return 1; }", "-Wl,-soname,$ORIGIN/private/libtoken_resolution.so");
        string copy = Copy(helper, "private/libtoken_resolution.so");

        BinaryDependency dependency = Find(Inspect(Copy(CCompiler.Library(Entry + Use, helper), "libplugin.so")), "$ORIGIN/private/libtoken_resolution.so");

        Assert.Equal((copy, BinaryDependencyReason.Path), (dependency.Resolved, dependency.Reason));
    }

    [Fact]
    public void RPATH_comes_before_the_environment_and_RUNPATH_after_it()
    {
        _temp.CreateDirectory("private");
        string helper = Copy(Helper(), "private/libhelper_resolution.so");
        string environment = _temp.CreateDirectory("environment");
        Copy(Helper(), "environment/libhelper_resolution.so");

        Assert.Equal(BinaryDependencyReason.RPath, Find(
            Inspect(Plugin(helper, "-Wl,--disable-new-dtags,-rpath,$ORIGIN/private"), environment), "libhelper_resolution.so").Reason);
        Assert.Equal(BinaryDependencyReason.LibraryPath, Find(
            Inspect(Plugin(helper, "-Wl,--enable-new-dtags,-rpath,$ORIGIN/private"), environment), "libhelper_resolution.so").Reason);
    }

    [Fact]
    public void A_missing_library_has_every_place_that_was_searched()
    {
        string helper = Copy(Helper(), "libhelper_resolution.so");
        string plugin = Plugin(helper, "-Wl,-rpath,/opt/nowhere");
        File.Delete(helper);

        BinaryInspection inspection = Inspect(plugin);

        BinaryDependency dependency = Find(inspection, "libhelper_resolution.so");
        Assert.Null(dependency.Resolved);
        Assert.Equal(BinaryDependencyReason.Missing, dependency.Reason);
        Assert.Equal(["/opt/nowhere", "/etc/ld.so.cache"], dependency.Searched.Take(2));
        Assert.Equal("NP3001", Assert.Single(inspection.Verdict.Reasons).Code);
    }

    [Fact]
    public void What_two_libraries_need_and_what_needs_itself_is_listed_once()
    {
        string bottom = Dependency("libbottom_d.so", "int bottom(void) { return 1; }");
        string left = Dependency("libleft_d.so", "int bottom(void); int left(void) { return bottom(); }", bottom);
        string right = Dependency("libright_d.so", "int left(void); int bottom(void); int right(void) { return bottom() + left(); }", bottom, left);
        Dependency("libbottom_d.so", "int right(void); int bottom(void) { return right(); }", right);
        string plugin = Copy(CCompiler.Library(
            Entry + "int left(void); int right(void); int x(void) { return left() + right(); }", left, right, "-Wl,-rpath,$ORIGIN"), "libplugin.so");

        BinaryInspection inspection = Inspect(plugin);

        Assert.True(inspection.Verdict.IsLoadable);
        Assert.Equal(inspection.Dependencies.Select(dependency => dependency.Name).Distinct(), inspection.Dependencies.Select(dependency => dependency.Name));
        Assert.Equal(["libleft_d.so", "libright_d.so"], inspection.Dependencies.Where(dependency => dependency.IsDirect).Select(dependency => dependency.Name).Take(2));
        Assert.Equal(left, Find(inspection, "libbottom_d.so").NeededBy);
        Assert.Contains("libright_d.so", Find(inspection, "libbottom_d.so").Needs);
    }

    [Fact]
    public void Every_name_that_nothing_defines_is_listed()
    {
        BinaryInspection inspection = Inspect(CCompiler.Library(
            Entry + "int nobody_a(void); int nobody_b(void); extern int weak_c(void) __attribute__((weak)); int x(void) { return nobody_a() + nobody_b() + (weak_c ? weak_c() : 0); }"));

        Assert.Equal(["nobody_a", "nobody_b"], inspection.Unresolved.Select(symbol => symbol.Name).Order());
        Assert.Equal("NP3002", Assert.Single(inspection.Verdict.Reasons).Code);
    }

    [Fact]
    public void A_version_that_a_library_lacks_is_a_reason_even_if_no_name_uses_it()
    {
        string two = _temp.WriteFile("two.map", "V_1 { global: helper; }; V_2 { global: other; } V_1;"u8);
        string one = _temp.WriteFile("one.map", "V_1 { global: helper; other; };"u8);
        const string Source = "int helper(void) { return 1; } int other(void) { return 2; }";
        string helper = Dependency("libversion_d.so", Source, "-Wl,--version-script," + two);
        string plugin = Copy(CCompiler.Library(
            Entry + "int other(void) __attribute__((weak)); int x(void) { return other(); }", "-Wl,--no-as-needed", helper, "-Wl,-rpath,$ORIGIN"), "libplugin.so");
        DemandVersion(plugin, "V_2");
        Assert.True(Inspect(plugin).Verdict.IsLoadable);
        Dependency("libversion_d.so", Source, "-Wl,--version-script," + one);

        BinaryReason reason = Assert.Single(Inspect(plugin).Verdict.Reasons);

        Assert.Equal("NP3002", reason.Code);
        Assert.Contains("'V_2'", reason.Message, StringComparison.Ordinal);
    }

    /// <summary>Clears VER_FLG_WEAK in the Elf64_Vernaux of a version, which then is like GLIBC_ABI_DT_RELR: needed, but used by no name.</summary>
    private static void DemandVersion(string path, string version)
    {
        uint hash = 0;
        foreach (char c in version)
        {
            hash = (hash << 4) + c;
        }

        byte[] bytes = File.ReadAllBytes(path);
        int at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(hash));
        Assert.True(at > 0);
        bytes[at + 4] = 0;
        File.WriteAllBytes(path, bytes);
    }

    private static BinaryDependency Find(BinaryInspection inspection, string name) =>
        Assert.Single(inspection.Dependencies, dependency => dependency.Name == name);

    private static BinaryInspection Inspect(string path, string? libraryPath = null) =>
        new Inspector(new BinaryInspectionOptions { EntryPoint = Libraries.Entry }, FileSystem.Current, libraryPath).Inspect(path);

    private static string Helper() => CCompiler.Library("int helper(void) { return 1; }", "-Wl,-soname,libhelper_resolution.so");

    private string Dependency(string name, string source, params string[] options) =>
        Copy(CCompiler.Library(source, ["-Wl,-soname," + name, "-Wl,-rpath,$ORIGIN", .. options]), name);

    private string Plugin(string helper, string option) => Copy(CCompiler.Library(Entry + Use, helper, option), "libplugin.so");

    private string Copy(string from, string name)
    {
        File.Copy(from, _temp[name], overwrite: true);
        return _temp[name];
    }
}
