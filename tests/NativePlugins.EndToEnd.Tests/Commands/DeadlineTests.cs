namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// A library may hang wherever its code runs, and <c>host</c> ends all the same. The ninth place is the command itself, which may
/// take its time until somebody asks it to end: <see cref="SignalTests"/>.
/// </summary>
[Trait("Category", "Published")]
public abstract class DeadlineTests
{
    private readonly HostMode _host;

    private protected DeadlineTests(HostMode host) => _host = host;

    [Theory]
    [InlineData("constructor_hangs", "NP3017")]
    [InlineData("entry_hangs", "NP5004")]
    [InlineData("create_hangs", "NP5004")]
    [InlineData("start_hangs", "NP5004")]
    [InlineData("get_service_hangs", "NP5004")]
    [InlineData("stop_hangs", "NP5004")]
    public void It_ends_with_75_at_the_deadline_and_says_what_did_not_return(string fixture, string code)
    {
        HostResult result = _host.Run("--timeout", "300ms", NativeFixtures.PathOf(fixture)).Exits(75);

        Assert.Contains($"{code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("within 0.3 s", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("destroy_hangs", "NP5004")]
    [InlineData("destructor_hangs", "NP3017")]
    [InlineData("destructor_hangs_at_exit", "NP3017")]
    public void What_hangs_after_the_plugins_end_holds_up_its_own_process(string fixture, string code)
    {
        HostResult result = _host.Run("--timeout", "300ms", NativeFixtures.PathOf(fixture)).Exits(_host.IsIsolated ? 0 : 75);

        Assert.Contains(_host.IsIsolated && code == "NP3017" ? "did not end within 0.3 s" : $"{code}: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop_hangs")]
    [InlineData("destroy_hangs")]
    [InlineData("destructor_hangs")]
    [InlineData("destructor_hangs_at_exit")]
    public void What_the_command_has_written_is_there(string fixture)
    {
        HostResult result = _host.Run("--timeout", "300ms", NativeFixtures.PathOf(fixture));

        Assert.Equal($"{fixture} ran\n", result.Output);
    }

    [Fact]
    public void A_signal_ends_it_while_a_constructor_hangs()
    {
        using HostProcess host = _host.Start("--timeout", "60s", NativeFixtures.PathOf("constructor_hangs_loudly"));
        host.WaitForOutput("hangs\n");

        host.Signal("TERM");

        host.WaitForEnd().Exits(143);
    }

    public sealed class InProcess() : DeadlineTests(HostMode.InProcess);

    public sealed class Isolated() : DeadlineTests(HostMode.Isolated);
}
