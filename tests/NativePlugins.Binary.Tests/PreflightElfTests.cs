using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Model;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Tests;

public sealed class PreflightElfTests : IDisposable
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("-Wl,--hash-style=gnu")]
    [InlineData("-Wl,--hash-style=sysv")]
    [InlineData("-Wl,--hash-style=both")]
    [InlineData("-Wl,-z,noseparate-code")]
    [InlineData("-s")]
    [InlineData("-nostdlib")]
    [InlineData("-fvisibility=hidden")]
    public void A_plugin_passes(string option)
    {
        string path = CCompiler.Plugin(option);

        BinaryImage image = Libraries.Check(path);

        Assert.True(image.ExportsEntry);
        Assert.Equal(BinaryFormat.Elf, image.Format);
        Assert.Equal(BinaryKind.SharedLibrary, image.Kind);
        Assert.Equal(64, image.Bits);
        Assert.True(image.IsLittleEndian);
        Assert.False(image.IsNativeAot);
        Assert.Equal((ulong)new FileInfo(path).Length, image.Status.Size);
    }

    [Fact]
    public void The_image_tells_what_the_dynamic_section_says()
    {
        string path = CCompiler.Plugin("-Wl,-soname,libfixture.so.1", "-Wl,-rpath,$ORIGIN/lib", "-Wl,--no-as-needed", "-lm");

        BinaryImage image = Libraries.Check(path);

        Assert.Equal("libfixture.so.1", image.Soname);
        Assert.Equal(["libm.so.6", "libc.so.6"], image.Needed);
        Assert.Equal("$ORIGIN/lib", image.RunPath ?? image.RPath);
    }

    [Fact]
    public void A_NativeAOT_library_is_recognised_by_what_its_runtime_exports() =>
        Assert.True(Libraries.Check(CCompiler.Library(Entry + "int DotNetRuntimeDebugHeader = 1;")).IsNativeAot);

    [Fact]
    public void A_plugin_among_thousands_of_symbols_is_found()
    {
        IEnumerable<string> functions = Enumerable.Range(0, 3000).Select(i => $"int function_{i}(void) {{ return {i}; }}");

        Assert.True(Libraries.Check(CCompiler.Library(Entry + string.Concat(functions), "-O0")).ExportsEntry);
    }

    [Fact]
    public void An_object_file_is_refused() =>
        AssertKind("an object file", CCompiler.Compile(Entry, "-c"));

    [Fact]
    public void A_position_independent_executable_is_refused() =>
        AssertKind("an executable", CCompiler.Compile("int main(void) { return 0; }", "-pie", "-fPIE"));

    [Fact]
    public void An_executable_at_a_fixed_address_is_refused() =>
        AssertKind("an executable", CCompiler.Compile("int main(void) { return 0; }", "-no-pie"));

    [Fact]
    public void A_static_executable_is_refused() =>
        AssertKind("an executable", CCompiler.Compile("int main(void) { return 0; }", "-static"));

    [Fact]
    public void A_core_dump_is_refused() =>
        AssertKind("a core dump", Patched(CCompiler.Plugin(), bytes => bytes[16] = 4));

    [Fact]
    public void A_file_of_debug_symbols_is_refused()
    {
        string symbols = _temp["x.so.dbg"];
        using var process = System.Diagnostics.Process.Start("objcopy", ["--only-keep-debug", CCompiler.Plugin("-g"), symbols]);
        process.WaitForExit();

        AssertKind("a file of debug symbols, without the code", symbols);
    }

    [Theory]
    [InlineData(183, "ELF 64-bit little-endian AArch64")]
    [InlineData(243, "ELF 64-bit little-endian RISC-V")]
    [InlineData(9999, "ELF 64-bit little-endian machine 9999")]
    public void A_library_for_another_processor_is_refused(ushort machine, string found)
    {
        string path = Patched(CCompiler.Plugin(), bytes => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), machine));

        AssertArchitecture(found, path);
    }

    [Fact]
    public void A_32_bit_library_is_refused() => AssertArchitecture(
        "ELF 32-bit little-endian x86",
        Patched(CCompiler.Plugin(), bytes =>
        {
            bytes[4] = 1;
            bytes[18] = 3;
        }));

    [Fact]
    public void A_library_of_the_other_byte_order_is_refused() => AssertArchitecture(
        "ELF 64-bit big-endian S390",
        Patched(CCompiler.Plugin(), bytes =>
        {
            bytes[5] = 2;
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(18), 22);
        }));

    [Fact]
    public void A_library_for_another_system_is_refused() => AssertArchitecture(
        $"ELF 64-bit little-endian {ElfMachine.NameOf(RuntimeInformation.ProcessArchitecture)}, for FreeBSD", Patched(CCompiler.Plugin(), bytes => bytes[7] = 9));

    [Fact]
    public void A_library_without_the_entry_is_not_a_plugin()
    {
        var e = Libraries.Refused(BinaryErrors.EntryMissing, () => Libraries.Check(CCompiler.Library("int x(void) { return 1; }")));
        Assert.Equal("NP2007", e.Code);
    }

    [Fact]
    public void Refusing_a_library_does_not_run_its_constructors()
    {
        string marker = _temp["marker"];
        string path = CCompiler.Library(
            $$"""
            #include <stdio.h>
            __attribute__((constructor)) static void run(void) { FILE *f = fopen("{{marker.Replace("\"", "\\\"", StringComparison.Ordinal)}}", "w"); if (f) fclose(f); }
            """);

        Libraries.Refused(BinaryErrors.EntryMissing, () => Libraries.Check(path));
        Assert.False(File.Exists(marker));
        Assert.DoesNotContain(path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lib/x86_64-linux-gnu/libz.so.1")]
    [InlineData("/lib/x86_64-linux-gnu/libc.so.6")]
    [InlineData("/lib64/ld-linux-x86-64.so.2")]
    public void A_library_of_the_system_is_not_a_plugin(string path)
    {
        if (File.Exists(path))
        {
            Libraries.Refused(BinaryErrors.EntryMissing, () => Libraries.Check(path));
        }
    }

    [Theory]
    [InlineData("int np_plugin_entry_v1 = 1;", "one that is data, not a function")]
    [InlineData("extern int np_plugin_entry_v1(void); int x(void) { return np_plugin_entry_v1(); }", "a library without one")]
    [InlineData("static int np_plugin_entry_v1(void) { return 0; } int x(void) { return np_plugin_entry_v1(); }", "a library without one")]
    [InlineData("__attribute__((visibility(\"hidden\"))) int np_plugin_entry_v1(void) { return 0; }", "a library without one")]
    [InlineData("int np_plugin_entry_v(void) { return 0; } int np_plugin_entry_vx(void) { return 0; }", "a library without one")]
    public void Something_else_of_the_entrys_name_is_not_an_entry(string source, string found)
    {
        var e = Libraries.Refused(BinaryErrors.EntryMissing, () => Libraries.Check(CCompiler.Library(source)));
        Assert.Equal(found, e.Found);
    }

    [Theory]
    [InlineData("-Wl,--hash-style=gnu")]
    [InlineData("-Wl,--hash-style=sysv")]
    public void A_plugin_of_another_major_version_is_refused_as_such(string option)
    {
        string path = CCompiler.Library("int np_plugin_entry_v2(void) { return 0; }", option);

        var e = Libraries.Refused(BinaryErrors.AbiVersion, () => Libraries.Check(path));

        Assert.Equal("major version 1 (np_plugin_entry_v1)", e.Expected);
        Assert.Equal("major version 2", e.Found);
    }

    [Fact]
    public void A_plugin_of_two_major_versions_passes() =>
        Assert.True(Libraries.Check(CCompiler.Library(Entry + "int np_plugin_entry_v2(void) { return 0; }")).ExportsEntry);

    [Fact]
    public void Symbols_are_read_with_their_versions()
    {
        string path = CCompiler.Library(Entry + "#include <stdlib.h>\nvoid *x(void) { return malloc(1); }\nextern void weak(void) __attribute__((weak)); void y(void) { if (weak) weak(); }".Replace("#include", "\n#include", StringComparison.Ordinal));

        BinarySymbols symbols = Preflight.ReadSymbols(path, FileSystem.Current, preferTarget: null);

        Assert.Contains(symbols.Exports, symbol => symbol.Name == "np_plugin_entry_v1");
        Assert.Contains(symbols.Undefined, symbol => symbol is { Name: "malloc", Library: "libc.so.6", IsWeak: false } && symbol.Version!.StartsWith("GLIBC_", StringComparison.Ordinal));
        Assert.Contains(symbols.Undefined, symbol => symbol is { Name: "weak", IsWeak: true, Version: null });
    }

    private static void AssertKind(string found, string path)
    {
        var e = Libraries.Refused(BinaryErrors.Kind, () => Libraries.Check(path));
        Assert.Equal(found, e.Found);
    }

    private static void AssertArchitecture(string found, string path)
    {
        var e = Libraries.Refused(BinaryErrors.Architecture, () => Libraries.Check(path));
        Assert.Equal(found, e.Found);
        Assert.Equal(BinaryTarget.OfProcess(FileSystem.Current).Describe(), e.Expected);
    }

    private string Patched(string path, Action<byte[]> patch)
    {
        byte[] bytes = File.ReadAllBytes(path);
        patch(bytes);
        return _temp.WriteFile("patched.so", bytes);
    }
}
