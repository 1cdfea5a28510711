namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public abstract class ExitStatusTests
{
    private readonly HostMode _host;

    private protected ExitStatusTests(HostMode host) => _host = host;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(63)]
    public void A_status_of_the_plugins_own_is_the_exit_status(int status)
    {
        Assert.Empty(_host.Run(NativeFixtures.PathOf("exit_status"), $"{status}").Exits(status).Error);
        Assert.Empty(_host.Run(Repository.Probe, "status", $"{status}").Exits(status).Error);
    }

    [Theory]
    [InlineData("status_64", 64)]
    [InlineData("status_256", 256)]
    [InlineData("status_minus_1", -1)]
    public void Any_other_status_is_1_and_the_true_one_is_said(string fixture, int status)
    {
        HostResult result = _host.Run(NativeFixtures.PathOf(fixture)).Exits(1);

        Assert.Contains($"status {status};", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status_64", 64)]
    [InlineData("status_256", 256)]
    [InlineData("status_minus_1", -1)]
    [Trait("Category", "OwnProcessor")]
    public void The_library_passes_any_status_on(string fixture, int status)
    {
        using var scratch = new Scratch();
        using var host = new PluginHost(new PluginHostOptions { Isolation = _host.Isolation });

        Assert.Equal(status, host.Load(scratch.Fixture(fixture)).RunCommand([], TextWriter.Null, TextWriter.Null));
    }

    [Theory]
    [InlineData("fault_in_stop", "stop went wrong")]
    [InlineData("stop_fails", "the queue is not empty")]
    [InlineData("fault_in_destroy", "NP_E_FAULT")]
    public void An_error_while_ending_is_logged_and_the_plugin_is_gone(string fixture, string words)
    {
        HostResult result = _host.Run(NativeFixtures.PathOf(fixture)).Exits(0);

        Assert.Equal($"{fixture} ran\n", result.Output);
        Assert.StartsWith("warning host: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    public sealed class InProcess() : ExitStatusTests(HostMode.InProcess);

    public sealed class Isolated() : ExitStatusTests(HostMode.Isolated);
}
