using System.Text;

namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public abstract class ArgumentTests
{
    private readonly HostMode _host;

    private protected ArgumentTests(HostMode host) => _host = host;

    public static TheoryData<string> EchoingPlugins { get; } = ["C", "C#"];

    [Theory]
    [MemberData(nameof(EchoingPlugins))]
    public void What_follows_the_plugin_is_the_plugins(string language) =>
        Assert.Equal("6 --json\n6 --help\n2 --\n2 -v\n", Echo(language, "--json", "--help", "--", "-v"));

    [Theory]
    [MemberData(nameof(EchoingPlugins))]
    public void Empty_arguments_and_any_character_arrive(string language) =>
        Assert.Equal("0 \n9 grün 雪\n4 \U0001F600\n3 a b\n5 @file\n", Echo(language, "", "grün 雪", "\U0001F600", "a b", "@file"));

    [Theory]
    [MemberData(nameof(EchoingPlugins))]
    public void An_argument_of_100_KB_arrives(string language)
    {
        string argument = string.Concat(Enumerable.Repeat("0123456789", 10_000));

        Assert.Equal($"100000 {argument}\n", Echo(language, argument));
    }

    [Fact]
    public void Without_arguments_there_is_a_short_help_and_64()
    {
        HostResult result = HostProcess.Run().Exits(64);

        Assert.Contains("Usage:", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void An_unknown_option_is_64_and_names_the_nearest()
    {
        HostResult result = _host.Run("--jsn", "hello_world").Exits(64);

        Assert.Contains("--json", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_like_a_command_suggests_the_command()
    {
        HostResult result = _host.Run("lst").Exits(66);

        Assert.Contains("host list", result.Error, StringComparison.Ordinal);
    }

    private string Echo(string language, params string[] arguments)
    {
        string[] command = language == "C" ? [NativeFixtures.PathOf("echo")] : [Repository.Probe, "echo"];
        return Encoding.UTF8.GetString(_host.Run(["run", .. command, .. arguments]).Exits(0).OutputBytes);
    }

    public sealed class InProcess() : ArgumentTests(HostMode.InProcess);

    public sealed class Isolated() : ArgumentTests(HostMode.Isolated);
}
