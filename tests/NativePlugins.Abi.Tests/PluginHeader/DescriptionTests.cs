namespace NativePlugins.Abi.Tests.PluginHeader;

public class DescriptionTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    [Fact]
    public void The_description_says_what_the_header_was_compiled_with()
    {
        using var plugin = build.Load(PluginBuild.Command + """NP_PLUGIN("a", "A", "1.0.0", 0, NP_SERVICE(NP_COMMAND_ID, command));""");

        Assert.Equal((np.NP_MAGIC, np.NP_ABI_MAJOR, np.NP_ABI_MINOR, np.NP_LAYOUT_HASH, (uint)nint.Size, np.NP_RUNTIME_NONE, ""), plugin.Facts);
    }

    [Fact]
    public void Id_name_and_version_are_what_the_macro_was_told()
    {
        using var plugin = build.Load("""NP_PLUGIN("acme.tool-2", "A tool", "1.2.3-rc.1+x", 0, NP_NO_SERVICES);""");

        Assert.Equal(("acme.tool-2", "A tool", "1.2.3-rc.1+x"), plugin.Names);
    }

    [Theory]
    [InlineData("Größe 🧩 こんにちは")]
    [InlineData("é")]
    public void A_name_in_UTF_8_arrives_byte_by_byte(string name)
    {
        using var plugin = build.Load($"NP_PLUGIN(\"utf8\", \"{name}\", \"1.0.0\", 0, NP_NO_SERVICES);");

        Assert.Equal(name, plugin.Names.Name);
    }

    [Theory]
    [InlineData("0", 0u)]
    [InlineData("NP_PLUGIN_MAY_UNLOAD", 1u)]
    public void The_flags_are_what_the_macro_was_told(string flags, uint expected)
    {
        using var plugin = build.Load($"""NP_PLUGIN("flags", "Flags", "1.0.0", {flags}, NP_NO_SERVICES);""");

        Assert.Equal(expected, plugin.Flags);
    }

    [Theory]
    [InlineData("cc", "-std=c99", "", "C")]
    [InlineData("c++", "-std=c++17", "", "C++")]
    [InlineData("cc", "-std=c99", "-DNP_PLUGIN_LANGUAGE=\"Nim\"", "Nim")]
    public void The_language_is_that_of_the_compiler_unless_it_is_defined(string compiler, string standard, string more, string language)
    {
        using var plugin = new LoadedPlugin(build.Compile(
            """NP_PLUGIN("language", "Language", "1.0.0", 0, NP_NO_SERVICES);""", compiler, standard, more.Length > 0 ? [more] : []));

        Assert.Equal(language, plugin.Language);
    }

    [Fact]
    public void The_entry_gives_the_same_answer_again()
    {
        using var plugin = build.Load("""NP_PLUGIN("again", "Again", "1.0.0", 0, NP_NO_SERVICES);""");

        Assert.True(plugin.IsDescribedTheSameAgain);
    }
}
