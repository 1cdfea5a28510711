namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public abstract class ConfigurationTests
{
    private readonly HostMode _host;

    private protected ConfigurationTests(HostMode host) => _host = host;

    [Fact]
    public void A_missing_required_setting_is_named_and_78()
    {
        HostResult result = _host.Run(Repository.Probe, "required").Exits(78);

        Assert.StartsWith("host: NP6001: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("'Greeting'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Greeting=Good morning")]
    [InlineData("Plugins:probe:Greeting=Good morning")]
    public void A_setting_of_the_command_line_reaches_the_plugin(string setting) =>
        Assert.Equal("Good morning\n", _host.Run("--set", setting, Repository.Probe, "required").Exits(0).Output);

    [Fact]
    public void A_plugin_sees_its_own_section_and_nothing_else()
    {
        using var scratch = new Scratch();
        string file = scratch.Write("settings.json", """
            { "Secret": "s", "Plugins": { "probe": { "A": "1", "Nested": { "B": "2" } }, "other": { "A": "no" }, "probe2": { "A": "no" } } }
            """);

        Assert.Equal("A=1\nNested:B=2\n", _host.Run("--config", file, Repository.Probe, "settings").Exits(0).Output);
    }

    [Theory]
    [InlineData("Secret")]
    [InlineData("..:other:A")]
    [InlineData("Plugins:other:A")]
    [InlineData(":other:A")]
    public void No_key_leads_out_of_the_section(string key)
    {
        using var scratch = new Scratch();
        string file = scratch.Write("settings.json", """{ "Secret": "s", "Plugins": { "config_reader": { "A": "1" }, "other": { "A": "no" } } }""");

        Assert.Equal($"{key} is not set\n", _host.Run("--config", file, NativeFixtures.PathOf("config_reader"), key).Exits(0).Output);
    }

    [Fact]
    public void The_command_line_wins_over_the_file()
    {
        using var scratch = new Scratch();
        string file = scratch.Write("settings.json", """{ "Plugins": { "probe": { "A": "file", "B": "file" } } }""");

        Assert.Equal("A=set\nB=file\n", _host.Run("--config", file, "--set", "A=set", Repository.Probe, "settings").Exits(0).Output);
    }

    [Fact]
    public void A_configuration_file_that_is_no_JSON_is_78()
    {
        using var scratch = new Scratch();

        HostResult result = _host.Run("--config", scratch.Write("settings.json", "{"), Repository.Probe).Exits(78);

        Assert.StartsWith("host: NP8002: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_learns_where_it_is_installed_and_gets_a_data_directory()
    {
        using var scratch = new Scratch();
        var environment = new HostEnvironment { Variables = { ["XDG_DATA_HOME"] = scratch.Root } };

        string[] lines = _host.RunIn(environment, Repository.Probe, "paths").Exits(0).Output.Split('\n');

        Assert.Equal(Path.GetDirectoryName(Repository.Probe), lines[0]);
        Assert.Equal(scratch.PathOf("native-plugins/probe"), lines[1]);
        Assert.True(Directory.Exists(lines[1]));
    }

    public sealed class InProcess() : ConfigurationTests(HostMode.InProcess);

    public sealed class Isolated() : ConfigurationTests(HostMode.Isolated);
}
