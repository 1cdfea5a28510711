using System.Buffers.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Findings;
using NativePlugins.Binary.MachO;
using NativePlugins.Binary.Reading;
using NativePlugins.Binary.Tests.Inspection;
using NativePlugins.Conform;

namespace NativePlugins.Binary.Tests;

/// <summary>What dyld refuses in the load commands. The commands of the crafted library: __TEXT, id, libSystem, build version, symbols, trie.</summary>
public sealed class MachOLoadCheckTests : IDisposable
{
    private const int Text = 32;
    private const int Id = Text + 72;

    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [ForeignLibrary("macos-arm64")]
    [ForeignLibrary("macos-x86_64")]
    [ForeignLibrary("macos-universal")]
    public void What_a_linker_writes_is_accepted(string name) => Require(File.ReadAllBytes(ForeignLibraries.Make(name)));

    [Fact]
    public void A_small_library_is_accepted() => Require(CraftedMachO.Library());

    [Fact]
    public void A_segment_with_more_of_the_file_than_memory_is_refused() =>
        Assert.StartsWith("at most its vmsize", Refused(library => Write64(library, Text + 32, 16)).Expected, StringComparison.Ordinal);

    [Fact]
    public void A_segment_that_is_not_mapped_may_have_more_of_the_file_than_memory() => Require(WithSegment("__LLVM", 0x8000, 0, 0x10000, 0, protection: 0));

    [Fact]
    public void A_segment_that_goes_on_after_the_end_of_the_file_is_too_short()
    {
        byte[] library = CraftedMachO.Library();
        Write64(library, Text + 48, 1 << 20);
        string path = _temp.WriteFile("libx.dylib", library);

        Libraries.Refused(BinaryErrors.FileTooShort, () => Preflight.Read(path, FileSystem.Current));
    }

    [Fact]
    public void Permissions_that_do_not_exist_are_refused() =>
        Assert.Equal("0xD", Refused(library => Write32(library, Text + 60, 0xD)).Found);

    [Fact]
    public void A_segment_that_reaches_over_the_end_of_all_addresses_is_refused() =>
        Assert.Equal("0xFFFFFFFFFFFFF000", Refused(library => Write64(library, Text + 24, unchecked((ulong)-0x1000))).Found);

    [Fact]
    public void A_library_without_a_segment_TEXT_is_refused() =>
        Assert.Equal("one that is called __TEXT", Refused(library => library[Text + 8] = (byte)'X').Expected);

    [Fact]
    public void The_segment_TEXT_begins_the_file() =>
        Assert.EndsWith("at 8, 16,384 mapped", Refused(library => { Write64(library, Text + 40, 8); Write64(library, Text + 48, 64); }).Found, StringComparison.Ordinal);

    [Fact]
    public void The_segment_TEXT_holds_the_load_commands() =>
        Assert.StartsWith("64 bytes at 0", Refused(library => Write64(library, Text + 48, 64)).Found, StringComparison.Ordinal);

    [Theory]
    [InlineData(0x3FFF, 0, "'__DATA' over '__TEXT'")]
    [InlineData(0x8000, 8, "'__DATA' over '__TEXT'")]
    public void Segments_that_overlap_are_refused(ulong address, ulong fileSize, string found) =>
        Assert.Equal(found, Refused(WithSegment("__DATA", address, 0x1000, 0, fileSize)).Found);

    [Fact]
    public void A_segment_that_is_too_short_for_its_sections_is_refused() =>
        Assert.Equal("152 bytes", Refused(library => Write32(library, Text + 64, 1)).Expected);

    [Fact]
    public void A_command_of_another_size_than_its_own_is_refused() =>
        Assert.Equal("32 bytes", Refused(library => Write32(library, BuildVersionOf(library) + 20, 1)).Expected);

    [Theory]
    [InlineData(48)]
    [InlineData(500)]
    public void A_name_outside_of_its_command_is_refused(uint start) =>
        Assert.Contains("name", Refused(library => Write32(library, Id + 8, start)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_library_without_a_name_of_its_own_is_refused() =>
        Assert.Equal("0", Refused(library => Write32(library, Id, 0xC)).Found);

    [Fact]
    public void A_bundle_with_such_a_name_is_refused() =>
        Assert.Equal("0 of them", Refused(library => Write32(library, 12, 8)).Expected);

    [Fact]
    public void Parts_of_a_universal_file_that_overlap_are_refused()
    {
        byte[] universal = CraftedMachO.Universal(CraftedMachO.Library(CraftedMachO.X64), CraftedMachO.Library());
        BinaryPrimitives.WriteUInt32BigEndian(universal.AsSpan(8 + 20 + 8), BinaryPrimitives.ReadUInt32BigEndian(universal.AsSpan(8 + 8)));

        Assert.Equal("one over architecture 0", Refused(universal).Found);
    }

    [Fact]
    public void A_Mac_refuses_such_a_library_before_it_looks_at_the_signature()
    {
        byte[] library = CraftedMachO.Library();
        Write32(library, 12, 8);
        string path = _temp.WriteFile("libx.dylib", library);

        Libraries.Refused(BinaryErrors.Malformed, () =>
        {
            using BinaryFile file = BinaryFile.Open(path, FileSystem.Current);
            MachOReader.CheckLoad(file, MachOHeader.Read(file, MachOSlice.ReadAll(file)[0]).Target);
        });
    }

    private static byte[] WithSegment(string name, ulong address, ulong size, ulong fileOffset, ulong fileSize, uint protection = 3)
    {
        byte[] segment = CraftedMachO.Segment(name, address, size, fileOffset, fileSize);
        Write32(segment, 60, protection);
        byte[] library = CraftedMachO.Library();
        Write32(library, 16, BitConverter.ToUInt32(library, 16) + 1);
        Write32(library, 20, BitConverter.ToUInt32(library, 20) + 72);
        Write64(library, Text + 48, BitConverter.ToUInt64(library, Text + 48) + 72);
        return [.. library[..Id], .. segment, .. library[Id..]];
    }

    private static int BuildVersionOf(byte[] library)
    {
        int at = Text;
        while (BitConverter.ToUInt32(library, at) != 0x32)
        {
            at += BitConverter.ToInt32(library, at + 4);
        }

        return at;
    }

    private static void Write32(byte[] library, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(library.AsSpan(at), value);

    private static void Write64(byte[] library, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(library.AsSpan(at), value);

    private BinaryReason Refused(Action<byte[]> change)
    {
        byte[] library = CraftedMachO.Library();
        change(library);
        return Refused(library);
    }

    private BinaryReason Refused(byte[] library) => Libraries.Refused(BinaryErrors.Malformed, () => Require(library));

    private void Require(byte[] library)
    {
        using BinaryFile file = BinaryFile.Open(_temp.WriteFile("libx.dylib", library), FileSystem.Current);
        foreach (MachOSlice slice in MachOSlice.ReadAll(file))
        {
            MachOLoadCheck.Require(file, MachOHeader.Read(file, slice));
        }
    }
}
