namespace NativePlugins.EndToEnd.Tests;

[Trait("Category", "Published")]
public abstract class SignalTests
{
    private readonly HostMode _host;

    private protected SignalTests(HostMode host) => _host = host;

    public static TheoryData<string, int> Signals { get; } = new() { { "INT", 130 }, { "TERM", 143 } };

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_command_that_listens_is_cancelled_and_its_plugin_stopped(string signal, int status)
    {
        using HostProcess host = _host.Start(NativeFixtures.PathOf("slow_command"));
        host.WaitForOutput("waiting\n");

        host.Signal(signal);

        Assert.Equal("waiting\ncancelled\n", host.WaitForEnd().Exits(status).Output);
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_command_in_CSharp_is_cancelled_and_its_plugin_stopped(string signal, int status)
    {
        using var scratch = new Scratch();
        using HostProcess host = _host.Start("--set", $"StopFile={scratch.PathOf("stopped")}", Repository.Probe, "wait");
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
        using HostProcess host = _host.Start(NativeFixtures.PathOf("stubborn_command"), scratch.PathOf("fifo"));
        host.WaitForOutput("running\n");

        host.Signal(signal);

        host.WaitForEnd().Exits(status);
    }

    [Fact]
    public void A_second_signal_ends_it_at_once()
    {
        using var scratch = new Scratch();
        Tool.Run("mkfifo", scratch.PathOf("fifo"));
        using HostProcess host = _host.Start(NativeFixtures.PathOf("stubborn_command"), scratch.PathOf("fifo"));
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

    public sealed class InProcess() : SignalTests(HostMode.InProcess);

    public sealed class Isolated() : SignalTests(HostMode.Isolated);
}
