using NativePlugins.Binary.Files;
using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Tests;

/// <summary>Which definitions a library shares with the rest of the process, judged by its bytes.</summary>
public sealed class UniqueSymbolTests
{
    [Fact]
    public void What_has_the_binding_and_is_used_is_shared_with_its_size()
    {
        string source = Entry + Define("np_a", 4) + Use("np_a") + Define("np_b", 400) + Use("np_b");

        IReadOnlyList<UniqueSymbol> unique = Libraries.Check(CCompiler.Library(source)).UniqueSymbols;

        Assert.Equal([new UniqueSymbol("np_a", 4, 1), new UniqueSymbol("np_b", 400, 1)], unique.OrderBy(symbol => symbol.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_library_does_not_use_by_its_name_is_not() =>
        Assert.Empty(Libraries.Check(CCompiler.Library(Entry + Define("np_a", 4))).UniqueSymbols);

    [Fact]
    public void What_nobody_outside_can_see_is_not() => Assert.Empty(
        Libraries.Check(CCompiler.Library(Entry + Define("np_a", 4) + Use("np_a") + "__asm__(\".hidden np_a\");")).UniqueSymbols);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void None_is_missed_among_others(int count)
    {
        string source = Entry + string.Concat(Enumerable.Range(0, count).Select(i => Define($"np_{i}", 4 + i) + Use($"np_{i}") + $"int other_{i} = {i};"));

        Assert.Equal(Enumerable.Range(0, count).Select(i => (ulong)(4 + i)), Libraries.Check(CCompiler.Library(source)).UniqueSymbols.Select(symbol => symbol.Size).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_byte_is_read_twice_for_them(bool hasSome)
    {
        string library = CCompiler.Library(Entry + (hasSome ? Define("np_a", 4) : "int np_a = 1;") + Use("np_a"));
        FileSystem.Current.GetRealPath(library, out string real);
        var counting = new CountingSystem();

        Assert.Equal(hasSome ? 1 : 0, Libraries.Check(library, counting).UniqueSymbols.Count);

        Assert.Empty(counting.FindRepeated(real));
    }

    [Fact]
    public void Inspection_shows_the_binding_of_each_name()
    {
        BinaryInspection inspection = Libraries.Inspect(CCompiler.Library(Entry + Define("np_a", 4) + "int np_b = 1;"));

        Assert.Equal(["np_a"], inspection.Exports.Where(symbol => symbol.IsUnique).Select(symbol => symbol.Name));
    }

    private const string Entry = "int np_plugin_entry_v1(void) { return 0; }";

    private static string Define(string name, int size) =>
        $"__asm__(\".data\\n.globl {name}\\n.type {name}, %gnu_unique_object\\n.size {name}, {size}\\n{name}: .zero {size}\\n.text\");";

    private static string Use(string name) => $"extern int {name}; int *use_{name}(void) {{ return &{name}; }}";
}
