using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Tests;

/// <summary>A library that was built for another C library than this process's is reported as such.</summary>
public sealed class CLibraryTests
{
    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    [Theory]
    [InlineData("libc.musl-x86_64.so.1", "musl")]
    [InlineData("libc.musl-aarch64.so.1", "musl")]
    [InlineData("libc.so", "musl")]
    [InlineData("libc.so.6", "glibc")]
    [InlineData("libother.so", null)]
    public void What_it_needs_tells_which_one_it_was_linked_with(string needed, string? cLibrary) =>
        Assert.Equal(cLibrary, Preflight.Read(Needing(needed), FileSystem.Current).CLibrary);

    [Fact]
    public void Android_is_neither() =>
        Assert.Null(Preflight.Read(Needing("libc.so", "libdl.so"), FileSystem.Current).CLibrary);

    [Theory]
    [InlineData("glibc", "libc.musl-x86_64.so.1", "musl")]
    [InlineData("musl", "libc.so.6", "glibc")]
    public void It_is_refused_before_it_is_loaded_with_both_names(string process, string needed, string built)
    {
        BinaryReason refusal = Libraries.Refused(BinaryErrors.CLibrary, () => Libraries.Check(Needing(needed), new SystemOn(process)));

        Assert.Equal("NP3014", refusal.Code);
        Assert.Contains($"was built for {built}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(process, refusal.Expected, StringComparison.Ordinal);
        Assert.Contains(needed, refusal.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("glibc", "libc.so.6")]
    [InlineData("musl", "libc.so")]
    [InlineData(null, "libc.musl-x86_64.so.1")]
    public void It_passes_where_it_fits_or_nothing_is_known(string? process, string needed) =>
        Assert.True(Libraries.Check(Needing(needed), new SystemOn(process)).ExportsEntry);

    [MuslFact]
    public void What_musls_own_compiler_makes_is_musls()
    {
        string library = CCompiler.Library(Entry, "-specs=" + MuslFactAttribute.Specs);

        BinaryInspection inspection = Libraries.Inspect(library);

        Assert.Equal("musl", inspection.CLibrary);
        Assert.Equal("NP3014", Assert.Single(inspection.Verdict.Reasons, reason => reason.Code == "NP3014").Code);
    }

    private static string Needing(params string[] names)
    {
        string[] needed = [.. names.Select(name => CCompiler.Library("int x;", "-nostdlib", $"-Wl,-soname,{name}"))];
        return CCompiler.Library(Entry, ["-nostdlib", "-Wl,--no-as-needed", .. needed]);
    }

    /// <summary>This system, as if it had another C library.</summary>
    private sealed class SystemOn(string? cLibrary) : SystemLike(BinaryFormat.Elf)
    {
        public override string? CLibrary => cLibrary;
    }
}
