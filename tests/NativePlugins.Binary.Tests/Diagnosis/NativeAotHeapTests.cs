using System.Text;
using NativePlugins.Binary.Files;
using NativePlugins.Binary.Diagnosis;

namespace NativePlugins.Binary.Tests;

public sealed class NativeAotHeapTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("GCRegionRange\0" + "40000000\0", 0x40000000UL)]
    [InlineData("GCRegionRange\0System.GC.RegionRange\0 GCRegionRange\0" + "7fFF\0", 0x7FFFUL)]
    [InlineData("GCRegionRange\0System.GC.RegionRange\0", null)]
    [InlineData("GCRegionRange\0" + "12345678901234567\0", null)]
    [InlineData("GCRegionRange\0" + "40000000", null)]
    [InlineData("GCRegionRange\0\0", null)]
    [InlineData("", null)]
    public void The_option_that_the_compiler_was_given_is_found(string text, ulong? range) => Assert.Equal(range, Find(Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData("GCHeapHardLimit\0System.GC.HeapHardLimit\0next\0System.GC.HeapHardLimit\0" + "1048576\0", 1048576UL)]
    [InlineData("System.GC.HeapHardLimit\0" + "0x100\0", null)]
    public void So_is_a_hard_limit(string text, ulong? limit)
    {
        using BinaryFile file = BinaryFile.Open(_temp.WriteFile("library", Encoding.ASCII.GetBytes(text)), FileSystem.Current);

        Assert.Equal(limit, NativeAotHeap.FindHardLimit(file));
    }

    [Fact]
    public void It_is_found_wherever_it_stands()
    {
        byte[] option = "GCRegionRange\0"u8.ToArray().Concat("1234\0"u8.ToArray()).ToArray();
        foreach (int start in Enumerable.Range((1 << 16) - 40, 80).Append((3 << 16) - 7))
        {
            byte[] bytes = new byte[(4 << 16) + 3];
            option.CopyTo(bytes, start);

            Assert.Equal(0x1234UL, Find(bytes));
        }
    }

    [Theory]
    [InlineData("DOTNET_GCRegionRange", "2000", 0x2000UL)]
    [InlineData("DOTNET_GCHeapHardLimit", "2000", 0x1000UL)]
    [InlineData("DOTNET_GCRegionRange", "none", 0x1000UL)]
    public void What_the_runtime_is_told_by_the_environment_is_taken_from_there(string name, string value, ulong range)
    {
        string library = _temp.WriteFile("library", "GCRegionRange\01000\0"u8.ToArray());

        Assert.Equal(range, NativeAotHeap.ReadRange(library, FileSystem.Current, variable => variable == name ? value : null));
    }

    private ulong? Find(byte[] bytes)
    {
        using BinaryFile file = BinaryFile.Open(_temp.WriteFile("library", bytes), FileSystem.Current);
        return NativeAotHeap.FindRange(file);
    }
}
