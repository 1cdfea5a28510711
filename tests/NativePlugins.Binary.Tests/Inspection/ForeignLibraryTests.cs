using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>Libraries for other systems and machines, as real linkers make them.</summary>
public sealed class ForeignLibraryTests
{
    private static readonly BinaryInspectionOptions s_asLibrary = new() { RequireEntryPoint = false };

    [Theory]
    [ForeignLibrary("macos-arm64", "llvm-objdump", "llvm-nm", "llvm-readobj")]
    [ForeignLibrary("macos-x86_64", "llvm-objdump", "llvm-nm", "llvm-readobj")]
    [ForeignLibrary("macos-universal", "llvm-objdump", "llvm-nm", "llvm-readobj")]
    [ForeignLibrary("windows-x64", "llvm-objdump", "llvm-readobj")]
    [ForeignLibrary("windows-x86", "llvm-objdump", "llvm-readobj")]
    [ForeignLibrary("windows-arm64", "llvm-objdump", "llvm-readobj")]
    [ForeignLibrary("windows-x64-mingw", "llvm-objdump", "llvm-readobj")]
    [ForeignLibrary("linux-arm64", "readelf")]
    [ForeignLibrary("linux-x86", "readelf")]
    [ForeignLibrary("linux-ppc", "readelf")]
    [ForeignLibrary("linux-ppc64", "readelf")]
    public void A_library_for_another_system_is_read_as_the_toolchains_own_tools_read_it(string name)
    {
        string folder = Path.GetDirectoryName(ForeignLibraries.Make(name))!;

        Assert.All(
            Directory.EnumerateFiles(folder).Where(InspectedName),
            path => Assert.Empty(ForeignComparison.Compare(Libraries.Inspect(path, s_asLibrary))));
    }

    [Theory]
    [ForeignSample]
    public void A_file_of_Wine_or_of_a_package_is_read_as_the_toolchains_own_tools_read_it(string path) =>
        Assert.Empty(ForeignComparison.Compare(Libraries.Inspect(path, s_asLibrary)));

    [Theory]
    [ForeignLibrary("macos-arm64")]
    [ForeignLibrary("macos-universal")]
    [ForeignLibrary("windows-arm64")]
    [ForeignLibrary("windows-x86")]
    [ForeignLibrary("windows-x64-mingw")]
    [ForeignLibrary("linux-ppc")]
    public void It_is_a_plugin_for_another_machine_whose_needs_only_that_one_can_find(string name)
    {
        BinaryInspection inspection = Libraries.Inspect(ForeignLibraries.Make(name));

        Assert.Equal("NP2006", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.True(inspection.ExportsEntry);
        Assert.NotEmpty(inspection.Dependencies);
        Assert.All(inspection.Dependencies, dependency => Assert.Equal((null, BinaryDependencyReason.Foreign), (dependency.Resolved, dependency.Reason)));
    }

    [Theory]
    [ForeignLibrary("windows-x64")]
    public void What_is_taken_by_number_or_at_the_first_call_is_told(string name)
    {
        BinaryInspection inspection = Libraries.Inspect(ForeignLibraries.Make(name));

        Assert.Equal(["later.dll"], inspection.Dependencies.Where(dependency => dependency.IsDelayed).Select(dependency => dependency.Name));
        Assert.Contains(inspection.Undefined, symbol => symbol is { Name: "#7", Ordinal: 7, Library: "helper.dll" });
        Assert.Contains(inspection.Undefined, symbol => symbol is { Name: "later", Ordinal: null, Library: "later.dll" });
    }

    [Theory]
    [ForeignLibrary("windows-x64")]
    public void An_export_without_a_name_and_a_forwarded_one_are_told(string name)
    {
        string helper = Path.Combine(Path.GetDirectoryName(ForeignLibraries.Make(name))!, "helper.dll");

        BinaryInspection inspection = Libraries.Inspect(helper);

        Assert.Contains(inspection.Exports, symbol => symbol is { Name: "#7", Ordinal: 7, Forwarder: null });
        Assert.Contains(inspection.Exports, symbol => symbol is { Name: "forwarded", Forwarder: "KERNEL32.GetTickCount" });
    }

    [Theory]
    [ForeignLibrary("macos-x86_64")]
    public void What_may_be_missing_is_told(string name)
    {
        BinaryInspection inspection = Libraries.Inspect(ForeignLibraries.Make(name));

        Assert.Equal(["@rpath/liboptional.dylib"], inspection.Dependencies.Where(dependency => dependency.IsWeak).Select(dependency => dependency.Name));
        Assert.Contains(inspection.Undefined, symbol => symbol is { Name: "optional_helper", IsWeak: true, Library: "@rpath/liboptional.dylib" });
        Assert.Equal(1, inspection.Constructors);
        Assert.Equal("12.0", Assert.Single(inspection.MinimumSystem).Version);
    }

    private static bool InspectedName(string path) => Path.GetExtension(path) is ".dll" or ".dylib" or ".so";
}
