using Microsoft.Extensions.Configuration;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>Where a plugin runs: the load says it, then the configuration, then the options.</summary>
public class ChoiceTests
{
    [Theory]
    [InlineData(null, null, "InProcess")]
    [InlineData("process", null, "Process")]
    [InlineData("Process", "InProcess", "InProcess")]
    [InlineData("InProcess", "Process", "Process")]
    public void The_load_wins_over_the_configuration(string? configured, string? asked, string expected)
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Configuration = Configuration("echo", configured) });

        Plugin plugin = host.Load(scratch.Fixture("echo"), asked is null ? null : Parse(asked));

        Assert.Equal(expected, plugin.Isolation.Name);
    }

    [Fact]
    public void The_configuration_wins_over_the_options()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Configuration = Configuration("echo", "InProcess"), Isolation = PluginIsolation.Process });

        Assert.Equal(PluginIsolation.InProcess, host.Load(scratch.Fixture("echo")).Isolation);
    }

    [Fact]
    public void An_unknown_value_is_refused()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Configuration = Configuration("echo", "Container") });

        Assert.Equal("'Container'", Assert.Throws<PluginIsolationSettingException>(() => host.Load(scratch.Fixture("echo"))).Found);
    }

    [Fact]
    public void A_plugin_whose_id_was_not_known_in_time_is_refused_and_not_run_in_this_process()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Configuration = Configuration("echo", "Process") });

        Assert.Throws<PluginIsolationSettingException>(() => host.Load(scratch.Fixture("echo", "libother.so")));
    }

    [Fact]
    public void Host_takes_it_from_the_configuration()
    {
        HostResult result = HostProcess.Run("--set", "Isolation=Process", NativeFixtures.PathOf("ends_badly"), "exit").Exits(70);

        Assert.StartsWith("host: NP5104: ", result.Error, StringComparison.Ordinal);
    }

    private static PluginIsolation Parse(string name) => PluginIsolation.TryParse(name, out PluginIsolation? isolation) ? isolation : throw new ArgumentException(name);

    private static IConfigurationRoot Configuration(string id, string? isolation) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"Plugins:{id}:Isolation"] = isolation }).Build();
}
