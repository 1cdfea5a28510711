using System.Globalization;
using System.Text;

namespace NativePlugins.Abi.Tests;

public class LayoutTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    [Fact]
    public void The_C_compiler_lays_out_the_structs_as_the_golden_file_says() =>
        Assert.Equal(File.ReadAllText(Repository.File("abi/layout-v1.txt")), Command.Succeed(build.Program("tests/fixtures/abi/layout.c")));

    [Fact]
    public void The_golden_file_has_every_struct_and_every_member_of_the_header_in_order()
    {
        var header = CHeader.Current.Structs
            .Where(pair => !CHeader.Current.DraftStructs.Contains(pair.Key))
            .SelectMany(pair => pair.Value.Select(member => $"{pair.Key}.{member.Name}").Prepend(pair.Key));

        Assert.Equal(header.Order(), Repository.GoldenLayout().Select(line => line.Split(' ')[0]).Order());
    }

    [Fact]
    public void The_bindings_have_the_same_structs_members_offsets_and_sizes_as_C() =>
        Assert.Equal(Repository.GoldenLayout().Order(), BindingLayout.Structs.SelectMany(BindingLayout.Lines).Order());

    [RustFact]
    public void The_Rust_module_has_the_same_structs_members_offsets_and_sizes_as_C()
    {
        var program = Path.Combine(build.Scratch, "layout_rust");
        Command.Succeed("rustc", "--edition", "2021", "-D", "warnings", "-o", program, "tests/fixtures/abi/layout.rs");

        Assert.Equal(Repository.GoldenLayout().Order(), Command.Succeed(program).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public void No_struct_has_hidden_padding()
    {
        foreach (var lines in Repository.GoldenLayout().GroupBy(line => line.Split(' ')[0].Split('.')[0]))
        {
            var end = 0;
            foreach (var member in lines.Skip(1).Select(line => line.Split(' ')))
            {
                Assert.True(end == Number(member[1]), $"{member[0]} begins at {member[1]}, and what is before it ends at {end}.");
                end += Number(member[2]);
            }

            Assert.Equal($"{lines.Key} {end}", lines.First());
        }
    }

    [Fact]
    public void Members_of_8_bytes_stand_at_multiples_of_8() =>
        Assert.All(
            Repository.GoldenLayout().Select(line => line.Split(' ')).Where(line => line is [_, _, "8"]),
            line => Assert.True(Number(line[1]) % 8 == 0, line[0]));

    [Fact]
    public void The_layout_hash_is_that_of_the_core_lines()
    {
        var text = File.ReadAllText(Repository.File("abi/layout-v1.txt"));
        var core = text["[core]\n".Length..text.IndexOf("[services]", StringComparison.Ordinal)];
        var hash = Encoding.UTF8.GetBytes(core).Aggregate(0xcbf29ce484222325UL, (hash, value) => unchecked((hash ^ value) * 0x100000001b3UL));

        Assert.Equal(np.NP_LAYOUT_HASH, hash);
        Assert.Equal($"0x{hash:X16}ULL", CHeader.Current.Constants()["NP_LAYOUT_HASH"]);
    }

    [Fact]
    public void The_frozen_minimum_of_each_struct_is_its_size_in_the_golden_file()
    {
        var golden = Repository.GoldenLayout().Where(line => !line.Contains('.', StringComparison.Ordinal)).Order();
        var bindings = BindingLayout.Structs.Select(type => $"{type.Name} {type.GetProperty("FrozenMinimum")?.GetValue(null)}").Order();

        Assert.Equal(golden, bindings);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
