namespace NativePlugins.Abi.Tests;

public class HeaderPluginTests(NativeBuild build) : IClassFixture<NativeBuild>
{
    [Theory]
    [InlineData("cc", "-std=c99")]
    [InlineData("cc", "-std=c11")]
    public void The_complete_plugin_in_the_comment_of_the_header_compiles_loads_and_greets(string compiler, string standard)
    {
        var source = Path.Combine(build.Scratch, "hello.c");
        File.WriteAllLines(source, CodeInComment(CHeader.Current.Text, "A COMPLETE PLUGIN"));

        var plugin = build.Library("hello", compiler, standard, source);

        Assert.Equal(new ProgramRun(0, "Hello, world!\n", ""), build.RunInCHost(plugin));
        Assert.Equal(["np_plugin_entry_v1"], ExportedNames.Of(plugin));
    }

    /// <summary>The lines under a heading that are indented as code, up to the next text.</summary>
    internal static IEnumerable<string> CodeInComment(string header, string heading) =>
        header.Split('\n')
            .SkipWhile(line => !line.StartsWith($" * {heading}", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(line => line is " *" || line.StartsWith(" *     ", StringComparison.Ordinal))
            .Select(line => line.Length > 7 ? line[7..] : "");
}
