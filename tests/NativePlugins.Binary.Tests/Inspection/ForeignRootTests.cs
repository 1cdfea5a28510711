using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>Libraries as real linkers make them, in a directory that stands for the root of their own system.</summary>
public sealed class ForeignRootTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [ForeignLibrary("macos-arm64")]
    [ForeignLibrary("macos-x86_64")]
    public void On_macOS_each_need_has_its_path_and_the_rule_that_leads_there(string name)
    {
        BinaryInspection inspection = Inspect(PutMac(name));

        Assert.Equal("NP2006", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.Equal(
        [
            ("@rpath/libhelper.dylib", "/opt/app/private/libhelper.dylib", BinaryDependencyReason.RPath, true),
            ("@rpath/liboptional.dylib", null, BinaryDependencyReason.Missing, true),
            ("/usr/lib/libSystem.B.dylib", "/usr/lib/libSystem.B.dylib", BinaryDependencyReason.SharedCache, true),
            ("/opt/app/private/libhelper_inner.dylib", "/opt/app/private/libhelper_inner.dylib", BinaryDependencyReason.LoaderPath, false),
        ],
        inspection.Dependencies.OrderBy(dependency => dependency.IsDirect ? 0 : 1).ThenBy(dependency => OrderOf(dependency.Name))
            .Select(dependency => (dependency.Name, dependency.Resolved, dependency.Reason, dependency.IsDirect)));
        Assert.Equal("@loader_path/private", inspection.Dependencies.Single(dependency => dependency.Name == "@rpath/libhelper.dylib").FoundThrough);
    }

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void On_macOS_what_is_missing_is_a_reason_with_every_place_that_was_searched(string name)
    {
        string plugin = PutMac(name);
        File.Delete(_temp["opt/app/private/libhelper.dylib"]);

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal(["NP2006", "NP3001"], inspection.Verdict.Reasons.Select(reason => reason.Code));
        Assert.Equal(
            ["/opt/app/private/libhelper.dylib", "/opt/app/libhelper.dylib", "/opt/lib/libhelper.dylib"],
            inspection.Dependencies.Single(dependency => dependency.Name == "@rpath/libhelper.dylib").Searched.Take(3));
    }

    [Theory]
    [ForeignLibrary("macos-arm64")]
    public void On_macOS_a_name_must_be_in_the_library_that_it_is_taken_from_or_in_what_that_one_re_exports(string name)
    {
        string plugin = PutMac(name);
        File.Copy(Beside(name, "libhelper_inner.dylib"), _temp["opt/app/private/libhelper.dylib"], overwrite: true);

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal(["NP2006", "NP3002"], inspection.Verdict.Reasons.Select(reason => reason.Code));
        Assert.Equal(["helper"], inspection.Unresolved.Select(symbol => symbol.Name));
    }

    [Theory]
    [ForeignLibrary("macos-universal")]
    public void On_macOS_a_library_for_another_processor_is_not_the_one_that_is_needed(string name)
    {
        string plugin = PutMac("macos-arm64");
        File.Copy(ForeignLibraries.Make(name), plugin, overwrite: true);

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal("x86_64", inspection.Architecture);
        Assert.Contains("NP3001", inspection.Verdict.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [ForeignLibrary("windows-x64")]
    [ForeignLibrary("windows-arm64")]
    public void On_Windows_each_need_has_its_path_and_the_rule_that_leads_there(string name)
    {
        BinaryInspection inspection = Inspect(PutWindows(name));

        Assert.Equal("NP2006", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.Equal(
        [
            ("KERNEL32.dll", @"C:\Windows\System32\KERNEL32.dll", BinaryDependencyReason.KnownDll),
            ("helper.dll", @"C:\plugins\helper.dll", BinaryDependencyReason.LoadDirectory),
            ("later.dll", null, BinaryDependencyReason.Missing),
        ],
        inspection.Dependencies.OrderBy(dependency => dependency.Name, StringComparer.Ordinal).Select(dependency => (dependency.Name, dependency.Resolved, dependency.Reason)));
        Assert.Empty(inspection.Unresolved);
    }

    [Theory]
    [ForeignLibrary("windows-x64")]
    public void On_Windows_a_function_must_be_exported_by_its_name_or_number(string name)
    {
        string plugin = PutWindows(name);
        File.Copy(Beside(name, "later.dll"), _temp["plugins/helper.dll"], overwrite: true);

        BinaryInspection inspection = Inspect(plugin);

        Assert.Equal(["NP2006", "NP3002"], inspection.Verdict.Reasons.Select(reason => reason.Code));
        Assert.Equal(["#7", "helper"], inspection.Unresolved.Select(symbol => symbol.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [ForeignLibrary("windows-x64")]
    public void What_lies_outside_the_root_is_the_callers_mistake(string name) =>
        Assert.Throws<ArgumentException>(() => Inspect(ForeignLibraries.Make(name)));

    private BinaryInspection Inspect(string path) => Libraries.Inspect(path, new BinaryInspectionOptions { Root = _temp.Path });

    private string PutMac(string name)
    {
        _temp.CreateDirectory("opt/app/private");
        File.Copy(Beside(name, "libhelper.dylib"), _temp["opt/app/private/libhelper.dylib"]);
        File.Copy(Beside(name, "libhelper_inner.dylib"), _temp["opt/app/private/libhelper_inner.dylib"]);
        File.Copy(ForeignLibraries.Make(name), _temp["opt/app/libplugin.dylib"]);
        return _temp["opt/app/libplugin.dylib"];
    }

    /// <summary>Spells the name of a directory differently from Windows, which asks for it in other letter case.</summary>
    private string PutWindows(string name)
    {
        _temp.CreateDirectory("windows/system32");
        _temp.CreateDirectory("plugins");
        File.Copy(Beside(name, "kernel32.dll"), _temp["windows/system32/kernel32.dll"]);
        File.Copy(Beside(name, "helper.dll"), _temp["plugins/helper.dll"]);
        File.Copy(ForeignLibraries.Make(name), _temp["plugins/plugin.dll"]);
        return _temp["plugins/plugin.dll"];
    }

    private static string Beside(string name, string file) => Path.Combine(Path.GetDirectoryName(ForeignLibraries.Make(name))!, file);

    private static int OrderOf(string name) => name.Contains("helper", StringComparison.Ordinal) ? 0 : name.Contains("optional", StringComparison.Ordinal) ? 1 : 2;
}
