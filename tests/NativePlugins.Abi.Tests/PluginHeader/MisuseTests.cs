namespace NativePlugins.Abi.Tests.PluginHeader;

/// <summary>Wrong use ends at the compiler, and what it says names the mistake.</summary>
public class MisuseTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    private const string Right = """NP_PLUGIN("id", "Name", "1.0.0", 0, NP_SERVICE(NP_COMMAND_ID, command));""";

    public static TheoryData<string, string, string, string> Compilers(params (string Plugin, string InC, string InCpp)[] cases)
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var (plugin, inC, inCpp) in cases)
        {
            data.Add("cc", "-std=c99", plugin, inC);
            data.Add("cc", "-std=gnu17", plugin, inC);
            data.Add("c++", "-std=c++17", plugin, inCpp);
        }

        return data;
    }

    public static TheoryData<string, string, string, string> Texts() => Compilers(
        [.. new[]
            {
                (With("", "Name", "1.0.0"), "the_id_of_a_plugin_has_1_to_64_bytes"),
                (With(new('a', 65), "Name", "1.0.0"), "the_id_of_a_plugin_has_1_to_64_bytes"),
                (With("id", "", "1.0.0"), "the_name_of_a_plugin_has_1_to_256_bytes"),
                (With("id", new('a', 257), "1.0.0"), "the_name_of_a_plugin_has_1_to_256_bytes"),
                (With("id", string.Concat(Enumerable.Repeat("é", 129)), "1.0.0"), "the_name_of_a_plugin_has_1_to_256_bytes"),
                (With("id", "Name", ""), "the_version_of_a_plugin_has_1_to_128_bytes"),
                (With("id", "Name", "1.0.0-" + new string('a', 123)), "the_version_of_a_plugin_has_1_to_128_bytes"),
            }.Select(text => (text.Item1, text.Item2, text.Item2))]);

    public static TheoryData<string, string, string, string> Mistakes() => Compilers(
        // A text that is not a literal has a length that the compiler does not know.
        ("""static const char *id = "id"; NP_PLUGIN(id, "Name", "1.0.0", 0, NP_NO_SERVICES);""", "before ‘id’", "before ‘id’"),
        ("""static const char *id = "a.b/1"; NP_PLUGIN("id", "Name", "1.0.0", 0, NP_SERVICE(id, command));""", "before ‘id’", "‘id’"),
        // The address of a table, where the table is wanted.
        ("""NP_PLUGIN("id", "Name", "1.0.0", 0, NP_SERVICE(NP_COMMAND_ID, &command));""", "did you mean to use ‘->’", "you meant to use ‘->’"),
        // A service table without a context.
        ("""static const struct { uint32_t struct_size; } table = {4}; NP_PLUGIN("id", "Name", "1.0.0", 0, NP_SERVICE("a.b/1", table));""", "no member named ‘context’", "no member named ‘context’"),
        ("""NP_PLUGIN("id", "Name", "1.0.0");""", "requires 5 arguments, but only 3 given", "requires 5 arguments, but only 3 given"),
        // A lifecycle, where its address is wanted.
        ("""
            static const np_lifecycle lifecycle = {NULL, NULL, NULL, NULL};
            NP_PLUGIN_WITH("id", "Name", "1.0.0", 0, NP_NO_STATE, lifecycle, NP_NO_SERVICES);
            """,
            "‘const np_lifecycle *’", "‘const np_lifecycle*’"),
        ($"{Right}\n{Right}", "redefinition of ‘np_plugin_entry_v1’", "redefinition of ‘int32_t np_plugin_entry_v1"));

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_that_is_missing_or_too_long_is_named(string compiler, string standard, string plugin, string said) =>
        Assert.Contains(said, Refusal(plugin, compiler, standard), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string compiler, string standard, string plugin, string said) =>
        Assert.Contains(said, Refusal(plugin, compiler, standard), StringComparison.Ordinal);

    [Fact]
    public void Services_that_were_forgotten_are_named_where_the_compiler_takes_an_empty_list() =>
        Assert.Contains(
            "a_plugin_without_services_says_NP_NO_SERVICES",
            Refusal("""NP_PLUGIN("id", "Name", "1.0.0", 0);""", "cc", "-std=gnu17"), StringComparison.Ordinal);

    [Fact]
    public void The_header_without_the_conveniences_of_the_first_one_says_what_it_needs() =>
        Assert.Contains(
            "do not define NP_NO_CONVENIENCES",
            Command.Run("cc", "-std=c99", "-DNP_NO_CONVENIENCES", "-fsyntax-only", "-x", "c", Repository.PluginHeader).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("cc", "-std=c99")]
    [InlineData("cc", "-std=gnu17")]
    [InlineData("c++", "-std=c++17")]
    public void The_longest_texts_are_taken(string compiler, string standard) =>
        build.Compile(PluginBuild.Command + With(new('a', 64), new('a', 256), "1.0.0-" + new string('a', 122)), compiler, standard);

    private static string With(string id, string name, string version) =>
        $"""NP_PLUGIN("{id}", "{name}", "{version}", 0, NP_SERVICE(NP_COMMAND_ID, command));""";

    private string Refusal(string plugin, string compiler, string standard) => build.Refusal($"{PluginBuild.Command}\n{plugin}", compiler, standard);
}
