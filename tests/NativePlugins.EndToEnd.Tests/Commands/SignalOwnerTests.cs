namespace NativePlugins.EndToEnd.Tests;

/// <summary>Signals belong to the application, whatever plugins are in its process.</summary>
[Trait("Category", "Published")]
public class SignalOwnerTests
{
    private static readonly string[] s_folders = ["first", "second", "third"];

    [Theory]
    [InlineData("INT", 130, true)]
    [InlineData("TERM", 143, true)]
    [InlineData("INT", 130, false)]
    [InlineData("TERM", 143, false)]
    [Trait("Category", "OwnProcessor")]
    public void After_three_plugins_in_CSharp_ran_signals_still_reach_the_application(string signal, int status, bool isNative)
    {
        using var scratch = new Scratch();
        string[] libraries = [.. s_folders.Select(name =>
        {
            scratch.Folder(name);
            return scratch.Copy(Repository.Probe, $"{name}/libprobe.so");
        })];
        string[] command = ["wait-for-signal", scratch.PathOf("stopped"), .. libraries];
        using HostProcess application = isNative
            ? HostProcess.Start(Repository.NativeEmbedder, new HostEnvironment(), command)
            : HostProcess.Start(Environment.ProcessPath!, new HostEnvironment(), [Repository.ManagedEmbedder, .. command]);
        application.Input.Close();
        application.WaitForOutput("ready\n");

        application.Signal(signal);

        application.WaitForEnd().Exits(status);
        Assert.Equal("third\nsecond\nfirst\n", File.ReadAllText(scratch.PathOf("stopped")));
    }

    [Fact]
    public void A_plugin_that_takes_a_signal_away_is_reported()
    {
        HostResult result = HostProcess.Run(NativeFixtures.PathOf("signal_grabber")).Exits(0);

        Assert.StartsWith("warning host: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("SIGINT", result.Error, StringComparison.Ordinal);
    }
}
