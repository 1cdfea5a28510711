using Microsoft.Extensions.Configuration;

namespace NativePlugins.Cli.Tests.Running;

public sealed class RunConfigurationTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    [Fact]
    public void A_key_without_prefix_belongs_to_the_plugin_whatever_its_id() => Assert.Equal(
        ["a=1", "b=", "b:c=2"], SettingsOf("any_id", null, "a=1", "b:c=2"));

    [Fact]
    public void A_key_with_prefix_belongs_to_the_plugin_of_that_id()
    {
        Assert.Equal(["a=1"], SettingsOf("one", null, "Plugins:one:a=1", "plugins:two:b=2"));
        Assert.Equal(["b=2"], SettingsOf("two", null, "Plugins:one:a=1", "plugins:two:b=2"));
    }

    [Fact]
    public void The_last_of_two_equal_keys_counts() =>
        Assert.Equal(["a=3"], SettingsOf("x", null, "a=1", "Plugins:x:A=2", "a=3"));

    [Fact]
    public void The_command_line_wins_over_the_file() =>
        Assert.Equal(["a=2", "b=file"], SettingsOf("x", """{ "Plugins": { "x": { "a": "file", "b": "file" }, "y": { "c": 1 } } }""", "a=2"));

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("""{ "a": 1, "A": 2 }""")]
    public void A_file_that_is_no_JSON_object_is_a_configuration_error(string json)
    {
        ErrorReport report = Assert.Throws<CliException>(() => SettingsOf("x", json)).Report;

        Assert.Equal(("NP8002", 78), (report.Code, report.ExitCode));
    }

    [Fact]
    public void A_file_that_is_missing_is_a_configuration_error() =>
        Assert.Equal("NP8002", Assert.Throws<CliException>(() => RunConfiguration.Build(_file, [])).Report.Code);

    public void Dispose() => File.Delete(_file);

    private string[] SettingsOf(string id, string? json, params string[] settings)
    {
        if (json is not null)
        {
            File.WriteAllText(_file, json);
        }

        IConfiguration configuration = RunConfiguration.Build(json is null ? null : _file, [.. settings.Select(PluginSetting.Parse)]);
        return [.. configuration.GetSection($"Plugins:{id}").AsEnumerable(makePathsRelative: true)
            .Where(setting => setting.Key.Length != 0)
            .OrderBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
            .Select(setting => $"{setting.Key}={setting.Value}")];
    }
}
