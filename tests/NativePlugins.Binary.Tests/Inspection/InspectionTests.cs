using System.Security.Cryptography;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;

namespace NativePlugins.Binary.Tests.Inspection;

public sealed class InspectionTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_plugin_is_described_and_can_be_loaded()
    {
        BinaryInspection inspection = Libraries.Inspect(CCompiler.Library(
            Entry + "int puts(const char *); int x(void) { return puts(\"\"); }", "-Wl,-soname,libdescribed.so", "-Wl,-rpath,$ORIGIN/a:/b"));

        Assert.True(inspection.Verdict.IsLoadable);
        Assert.Empty(inspection.Verdict.Reasons);
        Assert.True(inspection.ExportsEntry);
        Assert.Equal(BinaryFormat.Elf, inspection.Format);
        Assert.Equal(BinaryKind.SharedLibrary, inspection.Kind);
        Assert.Equal("libdescribed.so", inspection.Identity);
        Assert.Equal(["$ORIGIN/a", "/b"], inspection.SearchPaths.Select(path => path.Directory));
        Assert.Contains(inspection.Exports, symbol => symbol is { Name: "x", Version: null });
        Assert.Contains(inspection.Undefined, symbol => symbol is { Name: "puts", IsWeak: false, Library: "libc.so.6" } && symbol.Version!.StartsWith("GLIBC_", StringComparison.Ordinal));
        Assert.Contains(inspection.MinimumSystem, requirement => requirement.Name == "GLIBC");
        Assert.Contains(inspection.Segments, segment => segment.Permissions == "r-x");
    }

    [Theory]
    [InlineData("-Wl,-z,relro,-z,now", BinaryRelro.Full)]
    [InlineData("-Wl,-z,relro,-z,lazy", BinaryRelro.Partial)]
    [InlineData("-Wl,-z,norelro", BinaryRelro.None)]
    public void How_much_is_made_read_only_is_told(string option, BinaryRelro expected) =>
        Assert.Equal(expected, Libraries.Inspect(CCompiler.Plugin(option)).Hardening!.Relro);

    [Fact]
    public void Text_relocations_are_told()
    {
        string path = CCompiler.Library(Entry + "__asm__(\".text\\n.quad np_plugin_entry_v1\\n\");", "-Wl,-z,notext");

        Assert.True(Libraries.Inspect(path).Hardening!.HasTextRelocations);
        Assert.False(Libraries.Inspect(CCompiler.Plugin()).Hardening!.HasTextRelocations);
    }

    [Fact]
    public void A_library_that_wants_an_executable_stack_is_refused_unless_that_is_allowed()
    {
        string path = CCompiler.Plugin("-Wl,-z,execstack");

        Assert.Equal("NP2010", Assert.Single(Libraries.Inspect(path).Verdict.Reasons).Code);
        Libraries.Refused(BinaryErrors.ExecutableStack, () => Libraries.Check(path));
        Assert.True(Libraries.Inspect(path, new BinaryInspectionOptions { AllowExecutableStack = true }).Verdict.IsLoadable);
        Assert.True(Libraries.Check(path, allowExecutableStack: true).WantsExecutableStack);
    }

    [Fact]
    public void Constructors_and_destructors_are_counted()
    {
        int before = Libraries.Inspect(CCompiler.Plugin()).Constructors;

        BinaryInspection inspection = Libraries.Inspect(CCompiler.Library(
            Entry + "__attribute__((constructor)) void a(void) {} __attribute__((constructor)) void b(void) {}"));

        Assert.Equal(before + 2, inspection.Constructors);
    }

    [Fact]
    public void The_build_id_is_told() =>
        Assert.Equal("0123456789abcdef", Libraries.Inspect(CCompiler.Plugin("-Wl,--build-id=0x0123456789abcdef")).BuildId);

    [Theory]
    [InlineData("10.0.12-servicing.26422.108+95017c711e6afc10", "10.0.12")]
    [InlineData("11.0.0-preview.2.27101.1+95017c711e6afc10", "11.0.0-preview.2.27101.1")]
    [InlineData("12.0.0", "12.0.0")]
    public void The_version_of_NET_is_what_its_compiler_left(string written, string expected)
    {
        BinaryInspection inspection = Libraries.Inspect(CCompiler.Library(
            Entry + $"int DotNetRuntimeDebugHeader = 1; __asm__(\".ident \\\".NET: ilc {written}\\\"\");"));

        Assert.Equal(("C#", ".NET NativeAOT", expected), (inspection.Toolchain!.Language, inspection.Toolchain.Runtime, inspection.Toolchain.RuntimeVersion));
    }

    [Fact]
    public void The_hash_is_computed_on_request_only()
    {
        string path = CCompiler.Plugin();

        Assert.Null(Libraries.Inspect(path).Sha256);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            Libraries.Inspect(path, new BinaryInspectionOptions { ComputeSha256 = true }).Sha256);
    }

    [Fact]
    public void A_library_without_an_entry_is_loadable_as_a_library_only()
    {
        string path = CCompiler.Library("int x;");

        Assert.Equal("NP2007", Assert.Single(Libraries.Inspect(path).Verdict.Reasons).Code);
        Assert.True(Libraries.Inspect(path, new BinaryInspectionOptions { RequireEntryPoint = false }).Verdict.IsLoadable);
    }

    [Theory]
    [InlineData(BinaryKind.Executable, "-pie", "-fPIE")]
    [InlineData(BinaryKind.Executable, "-no-pie")]
    [InlineData(BinaryKind.Executable, "-static")]
    [InlineData(BinaryKind.ObjectFile, "-c")]
    public void What_is_no_library_is_described_all_the_same(BinaryKind expected, params string[] options)
    {
        BinaryInspection inspection = Libraries.Inspect(CCompiler.Compile("int main(void) { return 0; }", options));

        Assert.Equal(expected, inspection.Kind);
        Assert.Equal("NP2005", Assert.Single(inspection.Verdict.Reasons).Code);
        Assert.Contains("GCC", inspection.Toolchain!.Compiler, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_another_machine_is_foreign_and_has_every_reason()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("int puts(const char *); int x(void) { return puts(\"\"); }"));
        bytes[18] = 183;

        BinaryInspection inspection = Libraries.Inspect(_temp.WriteFile("arm64.so", bytes));

        Assert.Equal(["NP2006", "NP2007"], inspection.Verdict.Reasons.Select(reason => reason.Code));
        BinaryDependency dependency = Assert.Single(inspection.Dependencies);
        Assert.Equal("libc.so.6", dependency.Name);
        Assert.Null(dependency.Resolved);
        Assert.Equal(BinaryDependencyReason.Foreign, dependency.Reason);
    }

    [Fact]
    public void A_Mach_O_library_is_described_on_any_system()
    {
        BinaryInspection inspection = Libraries.Inspect(_temp.WriteFile("x.dylib", CraftedMachO.Library()));

        Assert.Equal(BinaryFormat.MachO, inspection.Format);
        Assert.Equal("macOS", inspection.System);
        Assert.True(inspection.ExportsEntry);
        Assert.Null(inspection.Hardening!.Relro);
        Assert.Equal(OperatingSystem.IsMacOS() ? [] : ["NP2006"], inspection.Verdict.Reasons.Select(reason => reason.Code));
    }

    [Fact]
    public void A_Mach_O_library_of_the_other_byte_order_is_read_too()
    {
        BinaryInspection inspection = Libraries.Inspect(_temp.WriteFile("x.dylib", CraftedMachO.BigEndianLibrary()));

        Assert.Equal(("ppc64", 64, false), (inspection.Architecture, inspection.Bits, inspection.IsLittleEndian));
        Assert.Equal("@rpath/libx.dylib", inspection.Identity);
        Assert.Equal(["/usr/lib/libSystem.B.dylib"], inspection.Dependencies.Select(dependency => dependency.Name));
    }

    [Fact]
    public void A_PE_library_is_described_on_any_system()
    {
        BinaryInspection inspection = Libraries.Inspect(_temp.WriteFile("x.dll", CraftedPe.Library()));

        Assert.Equal(BinaryFormat.Pe, inspection.Format);
        Assert.True(inspection.ExportsEntry);
        Assert.Contains(inspection.MinimumSystem, requirement => requirement.Name == "Windows");
        Assert.NotNull(inspection.Hardening!.HasControlFlowGuard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a text")]
    [InlineData("\u007FELF")]
    public void What_cannot_be_read_is_a_verdict_and_no_exception(string content)
    {
        string path = _temp.WriteFile("broken", System.Text.Encoding.UTF8.GetBytes(content));

        BinaryInspection inspection = Libraries.Inspect(path);

        Assert.False(inspection.Verdict.IsLoadable);
        Assert.Null(inspection.Format);
        Assert.Equal(Assert.Throws<BinaryException>(() => Libraries.Check(path)).Reason.Code, inspection.Verdict.Reasons[0].Code);
    }

    [Fact]
    public void A_directory_and_what_is_not_there_are_verdicts_too()
    {
        Assert.Equal("NP2001", Libraries.Inspect(_temp.Path).Verdict.Reasons[0].Code);
        Assert.Equal("NP1001", Libraries.Inspect(_temp["absent"]).Verdict.Reasons[0].Code);
    }

    [Fact]
    public void A_path_that_is_none_is_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => Libraries.Inspect(""));
        Assert.Throws<ArgumentException>(() => Libraries.Inspect("a\0b"));
    }
}
