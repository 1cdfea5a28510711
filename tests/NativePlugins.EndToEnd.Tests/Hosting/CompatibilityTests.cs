namespace NativePlugins.EndToEnd.Tests;

/// <summary>What is newer is accepted, in both directions.</summary>
public class CompatibilityTests
{
    [Theory]
    [InlineData("abi_minor_7", "abi_minor_7 ran\n")]
    [InlineData("larger_structs", "larger_structs ran without acme.unknown/9\n")]
    public void A_newer_plugin_runs(string fixture, string output)
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        using var text = new StringWriter();

        Plugin plugin = host.Load(scratch.Fixture(fixture));
        plugin.RunCommand([], text, text);

        Assert.Equal(output, text.ToString());
        Assert.Equal(new Version(1, 7), plugin.Description.AbiVersion);
    }

    [Fact]
    public void A_larger_error_report_is_read()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("larger_structs"));

        var fault = Assert.Throws<PluginFaultException>(() => plugin.RunCommand(["fail"], TextWriter.Null, TextWriter.Null));

        Assert.Equal("larger", fault.Remote!.Type);
        Assert.Equal("a larger report", fault.Remote.Message);
    }

    [Fact]
    public void A_service_that_a_plugin_does_not_know_is_not_there()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        Plugin plugin = host.Load(scratch.Fixture("echo"));

        Assert.False(plugin.TryGetService("acme.unknown/9", out _));
        Assert.Throws<PluginServiceMissingException>(() => plugin.GetService("acme.unknown/9"));
    }

    [Fact]
    public void A_character_that_is_split_over_two_writes_arrives_whole()
    {
        using var scratch = new Scratch();
        using var host = new PluginHost();
        using var text = new StringWriter();

        host.Load(scratch.Fixture("partial_utf8")).RunCommand([], text, text);

        Assert.Equal("grün\n", text.ToString());
    }
}
