using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.Reading;

namespace NativePlugins.Binary.Tests;

/// <summary>Tables that no linker writes, and large tables that a linker may write.</summary>
public sealed class HostileTablesTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_chain_of_DT_GNU_HASH_that_ends_at_the_highest_index_is_malformed()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("int x(void) { return 1; }", "-Wl,--hash-style=gnu"));
        int table = DynamicSection.OffsetOf(bytes, DynamicSection.ValueOf(bytes, DynamicSection.GnuHash));
        Span<byte> hash = bytes.AsSpan(table);
        int buckets = (int)BinaryPrimitives.ReadUInt32LittleEndian(hash);
        int first = 16 + ((int)BinaryPrimitives.ReadUInt32LittleEndian(hash[8..]) * 8);
        BinaryPrimitives.WriteUInt32LittleEndian(hash[4..], uint.MaxValue);
        hash.Slice(first, buckets * 4).Fill(0xFF);
        hash[first + (buckets * 4)] |= 1;
        string path = _temp.WriteFile("highest.so", bytes);

        Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(path));
        Assert.Equal("NP2004", Assert.Single(Libraries.Inspect(path).Verdict.Reasons).Code);
    }

    [Fact]
    public void A_library_that_needs_more_than_4096_others_is_malformed()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Plugin("-Wl,--no-as-needed", "-Wl,--spare-dynamic-tags=5000"));
        ulong name = DynamicSection.ValueOf(bytes, DynamicSection.Needed);
        for (int i = 1; i < 4096; i++)
        {
            DynamicSection.Append(bytes, DynamicSection.Needed, name);
        }

        Assert.Equal(4096, Preflight.Read(_temp.WriteFile("needy.so", bytes), FileSystem.Current).Needed.Count);
        DynamicSection.Append(bytes, DynamicSection.Needed, name);
        string path = _temp.WriteFile("needier.so", bytes);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Preflight.Read(path, FileSystem.Current));

        Assert.Equal(("at most 4,096 libraries", "more"), (e.Expected, e.Found));
    }

    [Fact]
    public void A_copy_of_another_librarys_variable_which_only_programs_have_is_malformed()
    {
        const ulong Relocations = 7; // DT_RELA
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("extern char **environ; int np_plugin_entry_v1(void) { return environ != 0; }"));
        int table = DynamicSection.OffsetOf(bytes, DynamicSection.ValueOf(bytes, Relocations));
        uint copy = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 5u : 1024u; // R_X86_64_COPY, R_AARCH64_COPY
        int last = table + (int)DynamicSection.ValueOf(bytes, 8) - 24; // DT_RELASZ; relative ones come first
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(last + 8), copy);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(_temp.WriteFile("copying.so", bytes)));

        Assert.StartsWith("a type that the system's loader knows", e.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_the_relocations_of_the_functions_that_are_called_is_malformed()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("int puts(const char *); int np_plugin_entry_v1(void) { return puts(\"\"); }"));
        Assert.True(Libraries.Check(_temp.WriteFile("whole.so", bytes)).ExportsEntry);
        DynamicSection.SetValue(bytes, DynamicSection.PltRelocationsSize, 0);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(_temp.WriteFile("emptied.so", bytes)));

        Assert.Equal("0", e.Found);
    }

    [Fact]
    public void A_table_that_is_shorter_than_the_relocations_of_the_functions_that_are_called_is_malformed()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("int puts(const char *); int getpid(void); int np_plugin_entry_v1(void) { return puts(\"\") + getpid(); }"));
        ulong whole = DynamicSection.ValueOf(bytes, DynamicSection.PltRelocationsSize);
        DynamicSection.SetValue(bytes, DynamicSection.PltRelocationsSize, whole - 24);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(_temp.WriteFile("shortened.so", bytes)));

        Assert.Equal(($"the {whole} bytes of the section at DT_JMPREL", $"{whole - 24}"), (e.Expected, e.Found));
    }

    [Theory]
    [InlineData("DT_PLTRELSZ", 2)]
    [InlineData("DT_RELA", 7)]
    [InlineData("DT_RELASZ", 8)]
    [InlineData("DT_JMPREL", 23)]
    [InlineData("DT_INIT_ARRAY", 25)]
    [InlineData("DT_INIT_ARRAYSZ", 27)]
    public void A_table_that_is_described_twice_and_not_alike_is_malformed(string field, ulong tag)
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("int puts(const char *); int np_plugin_entry_v1(void) { return puts(\"\") + puts(\"a\"); } int other(void) { return np_plugin_entry_v1(); }"));
        ulong value = DynamicSection.ValueOf(bytes, tag);
        DynamicSection.Append(bytes, tag, value);
        Assert.True(Libraries.Check(_temp.WriteFile("alike.so", bytes)).ExportsEntry);
        DynamicSection.SetValue(bytes, tag, value + 24);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(_temp.WriteFile("twice.so", bytes)));

        Assert.EndsWith($" is malformed: {field}.", e.Message, StringComparison.Ordinal);
        Assert.Equal($"two, 0x{value + 24:X} and 0x{value:X}", e.Found);
    }

    [Theory]
    [InlineData("DT_INIT", 12, "-Wl,-z,separate-code")]
    [InlineData("DT_INIT", 12, "-Wl,-z,noseparate-code")]
    [InlineData("DT_FINI", 13, "-Wl,-z,separate-code")]
    [InlineData("DT_FINI", 13, "-Wl,-z,noseparate-code")]
    public void A_function_at_the_address_0_that_the_loader_would_call_is_malformed(string field, ulong tag, string layout)
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("int np_plugin_entry_v1(void) { return 0; }", layout));
        DynamicSection.SetValue(bytes, tag, 0);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(_temp.WriteFile("called.so", bytes)));

        Assert.Contains(field, e.Message, StringComparison.Ordinal);
        Assert.Equal("0x0", e.Found);
    }

    [Theory]
    [InlineData(7, 48, 3UL, "PT_TLS")]
    [InlineData(7, 32, 1UL << 20, "PT_TLS")]
    [InlineData(0x6474E550, 16, 1UL << 40, "PT_GNU_EH_FRAME")]
    public void A_segment_that_is_used_after_loading_must_be_whole(uint type, int field, ulong value, string name)
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library("static __thread int local = 1; int *own(void) { return &local; } int np_plugin_entry_v1(void) { return 0; }"));
        int first = (int)BitConverter.ToUInt64(bytes, 32), count = BitConverter.ToUInt16(bytes, 56);
        int at = Enumerable.Range(0, count).Select(i => first + (i * 56)).First(header => BitConverter.ToUInt32(bytes, header) == type);
        BitConverter.TryWriteBytes(bytes.AsSpan(at + field), value);

        var e = Libraries.Refused(BinaryErrors.Malformed, () => Libraries.Check(_temp.WriteFile("segment.so", bytes)));

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_library_that_loading_accepts_is_accepted_by_an_inspection()
    {
        byte[] bytes = File.ReadAllBytes(CCompiler.Library(
            "int np_plugin_entry_v1(void) { return 0; } const char large[33 << 20] = { 1 };", "-Wl,-z,noseparate-code", "-nostdlib"));
        DynamicSection.SetValue(bytes, DynamicSection.StringsSize, 33 << 20);
        string path = _temp.WriteFile("large.so", bytes);
        Assert.True(Libraries.Check(path).ExportsEntry);

        Assert.Empty(Libraries.Inspect(path).Verdict.Reasons);
    }
}
