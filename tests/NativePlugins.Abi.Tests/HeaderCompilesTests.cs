namespace NativePlugins.Abi.Tests;

public class HeaderCompilesTests
{
    private static readonly string[] s_strict = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"];

    public static TheoryData<string, string, string> Dialects()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (compiler, language, standard) in new[] { ("cc", "c", "c99"), ("cc", "c", "c11"), ("c++", "c++", "c++17") })
        {
            foreach (var more in new[] { "", "-m32 -ffreestanding", "-DNP_ENABLE_DRAFTS", "-m32 -ffreestanding -DNP_ENABLE_DRAFTS", "-DNP_NO_CONVENIENCES" })
            {
                data.Add(compiler, $"-x {language} -std={standard}", more);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void The_header_compiles_alone(string compiler, string dialect, string more) =>
        Command.Succeed(compiler, [.. s_strict, .. dialect.Split(' '), .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries), Repository.Header]);

    [Fact]
    public void Every_size_and_offset_is_asserted_for_64_and_32_bit_by_the_header_itself()
    {
        var structs = CHeader.Current.Structs.Where(pair => !CHeader.Current.DraftStructs.Contains(pair.Key)).ToArray();

        Assert.All(structs, pair => Assert.Contains($"NP_ASSERT_SIZE({pair.Key}, ", CHeader.Current.Code, StringComparison.Ordinal));
        Assert.All(
            structs.SelectMany(pair => pair.Value).Where(member => member.Name is not ("struct_size" or "reserved")),
            member => Assert.Contains($"NP_ASSERT_OFFSET({member.Struct}, {member.Name}, ", CHeader.Current.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_offset_stops_the_compiler()
    {
        using var build = new NativeBuild();
        var broken = Path.Combine(build.Scratch, "native_plugins.h");
        File.WriteAllText(broken, CHeader.Current.Text.Replace("NP_ASSERT_OFFSET(np_sink, write, 16, 12)", "NP_ASSERT_OFFSET(np_sink, write, 24, 12)", StringComparison.Ordinal));

        Assert.NotEqual(0, Command.Run("cc", "-x", "c", "-std=c99", "-fsyntax-only", broken).ExitCode);
        Assert.NotEqual(0, Command.Run("c++", "-x", "c++", "-std=c++17", "-fsyntax-only", broken).ExitCode);
    }
}
