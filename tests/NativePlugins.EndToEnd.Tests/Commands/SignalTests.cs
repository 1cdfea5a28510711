namespace NativePlugins.EndToEnd.Tests;

public class SignalTests
{
    private static readonly string[] s_folders = ["first", "second", "third"];

    public static TheoryData<string, int> Signals { get; } = new() { { "INT", 130 }, { "TERM", 143 } };

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_command_that_listens_is_cancelled_and_its_plugin_stopped(string signal, int status)
    {
        using HostProcess host = HostProcess.Start(Repository.Host, new HostEnvironment(), NativeFixtures.PathOf("slow_command"));
        host.WaitForOutput("waiting\n");

        host.Signal(signal);

        Assert.Equal("waiting\ncancelled\n", host.WaitForEnd().Exits(status).Output);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_command_in_CSharp_is_cancelled_and_its_plugin_stopped(string signal, int status)
    {
        using var scratch = new Scratch();
        using HostProcess host = HostProcess.Start(
            Repository.Host, new HostEnvironment(), "--set", $"StopFile={scratch.PathOf("stopped")}", Repository.Probe, "wait");
        host.WaitForOutput("waiting\n");

        host.Signal(signal);

        Assert.Equal("waiting\ncancelled\n", host.WaitForEnd().Exits(status).Output);
        Assert.Equal("fixtures\n", File.ReadAllText(scratch.PathOf("stopped")));
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_command_that_does_not_listen_is_given_up_after_the_drain_deadline(string signal, int status)
    {
        using var scratch = new Scratch();
        Tool.Run("mkfifo", scratch.PathOf("fifo"));
        using HostProcess host = HostProcess.Start(
            Repository.Host, new HostEnvironment(), NativeFixtures.PathOf("stubborn_command"), scratch.PathOf("fifo"));
        host.WaitForOutput("running\n");

        host.Signal(signal);

        host.WaitForEnd().Exits(status);
    }

    [Fact]
    public void A_second_signal_ends_it_at_once()
    {
        using var scratch = new Scratch();
        Tool.Run("mkfifo", scratch.PathOf("fifo"));
        using HostProcess host = HostProcess.Start(
            Repository.Host, new HostEnvironment(), NativeFixtures.PathOf("stubborn_command"), scratch.PathOf("fifo"));
        host.WaitForOutput("running\n");
        long start = Environment.TickCount64;

        host.Signal("INT");
        host.Signal("INT");

        // Each of two pending signals of one kind may be merged into one: then a third one is needed.
        while (!host.WaitForEnd(TimeSpan.FromMilliseconds(200)))
        {
            host.Signal("INT");
        }

        host.WaitForEnd().Exits(130);
        Assert.InRange(Environment.TickCount64 - start, 0, 4500);
    }

    [Theory]
    [InlineData("INT", 130, true)]
    [InlineData("TERM", 143, true)]
    [InlineData("INT", 130, false)]
    [InlineData("TERM", 143, false)]
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
