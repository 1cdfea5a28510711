namespace NativePlugins.Abi.Tests.PluginHeader;

public class CompileTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    private static readonly string[] s_strict = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-fsyntax-only", "-Iabi"];

    public static TheoryData<string, string, string> Dialects()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (compiler, language, standard) in new[] { ("cc", "c", "c99"), ("cc", "c", "c11"), ("cc", "c", "c17"), ("c++", "c++", "c++17") })
        {
            data.Add(compiler, $"-x {language} -std={standard}", "");
            data.Add(compiler, $"-x {language} -std={standard}", "-m32 -ffreestanding");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void The_header_compiles_alone(string compiler, string dialect, string more) =>
        Command.Succeed(compiler, [.. s_strict, .. dialect.Split(' '), .. Words(more), Repository.PluginHeader]);

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_plugin_of_each_kind_compiles_without_a_warning(string compiler, string dialect, string more)
    {
        foreach (var kind in new[] { "NP_NO_STATE", "NP_STATIC(object)", "NP_ALLOCATED(state, take, give_back)" })
        {
            var source = Path.Combine(build.Scratch, $"{Guid.NewGuid():N}.txt");
            File.WriteAllText(source, $$"""
                #include "native_plugins_plugin.h"
                typedef struct state { int32_t number; } state;
                extern state object;
                extern void *take(size_t size);
                extern void give_back(void *memory);
                {{PluginBuild.Command}}
                static int32_t NP_CALL create(void *self, const np_host *host, const np_error_sink *error) {
                    (void)self; (void)error;
                    return np_find(host, NP_TEXT(NP_LOG_ID)) != NULL ? NP_OK : NP_E_FAILED;
                }
                static const np_lifecycle lifecycle = {create, NULL, NULL, NULL};
                NP_PLUGIN_WITH("kind", "Kind", "1.0.0", 0, {{kind}}, &lifecycle, NP_SERVICE(NP_COMMAND_ID, command));
                """);
            Command.Succeed(compiler, [.. s_strict, .. dialect.Split(' '), .. Words(more), source]);
        }
    }

    [Fact]
    public void A_plugin_compiles_for_Windows_without_a_warning()
    {
        if (Command.Exists("x86_64-w64-mingw32-gcc"))
        {
            Command.Succeed(
                "x86_64-w64-mingw32-gcc", "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-Iabi", "-shared",
                "-o", Path.Combine(build.Scratch, "counter_c.dll"), "plugins-native/counter_c/counter_c.c");
        }
    }

    [Theory]
    [InlineData("A COMPLETE PLUGIN, in C.", "-std=c99")]
    [InlineData("A COMPLETE PLUGIN, in C.", "-std=c17")]
    [InlineData("A PLUGIN WITH STATE, in C", "-std=c99")]
    [InlineData("A PLUGIN WITH STATE, in C", "-std=c17")]
    public void Each_plugin_in_the_comment_of_the_header_compiles_and_exports_its_entry_alone(string heading, string standard) =>
        Assert.Equal(["np_plugin_entry_v1"], ExportedNames.Of(FromComment(heading, standard)));

    [Fact]
    public void The_complete_plugin_in_the_comment_greets() =>
        Assert.Equal(new ProgramRun(0, "Hello, world!\n", ""), build.RunInCHost(FromComment("A COMPLETE PLUGIN, in C.")));

    [Fact]
    public void The_plugin_with_state_in_the_comment_counts_its_runs()
    {
        using var plugin = new LoadedPlugin(FromComment("A PLUGIN WITH STATE, in C"));
        var instance = plugin.Create();

        Assert.Equal([1, 2], [instance.Run().ExitStatus, instance.Run().ExitStatus]);
        Assert.Equal(np.NP_OK, instance.Destroy());
    }

    [Fact]
    public void A_plugin_in_Cpp_whose_functions_are_in_a_namespace_greets()
    {
        var plugin = build.Compile(
            $$"""namespace { {{PluginBuild.Command}} } NP_PLUGIN("in_cpp", "In C++", "1.0.0", 0, NP_SERVICE(NP_COMMAND_ID, command));""",
            "c++", "-std=c++17");

        Assert.Equal(new ProgramRun(0, "it ran\n", ""), build.RunInCHost(plugin));
        Assert.Equal(["np_plugin_entry_v1"], ExportedNames.Of(plugin));
    }

    [Fact]
    public void The_sample_in_C_fits_on_a_page_of_25_lines() =>
        Assert.InRange(File.ReadAllLines(Repository.File("plugins-native/hello_c/hello_c.c")).Length, 1, 25);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private string FromComment(string heading, string standard = "-std=c99")
    {
        var name = $"comment_{Guid.NewGuid():N}";
        var source = Path.Combine(build.Scratch, $"{name}.c");
        File.WriteAllLines(source, HeaderPluginTests.CodeInComment(File.ReadAllText(Repository.PluginHeader), heading));
        return build.Library(name, "cc", standard, "-Wconversion", source);
    }
}
