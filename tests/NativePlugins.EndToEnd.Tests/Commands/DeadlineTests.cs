using System.Text.Json;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>
/// A library may hang wherever its code runs, and <c>host</c> ends all the same. The ninth place is the command itself, which may
/// take its time until somebody asks it to end: <see cref="SignalTests"/>.
/// </summary>
public class DeadlineTests
{
    [Theory]
    [InlineData("constructor_hangs", "NP3017")]
    [InlineData("entry_hangs", "NP5004")]
    [InlineData("create_hangs", "NP5004")]
    [InlineData("start_hangs", "NP5004")]
    [InlineData("get_service_hangs", "NP5004")]
    [InlineData("stop_hangs", "NP5004")]
    [InlineData("destroy_hangs", "NP5004")]
    [InlineData("destructor_hangs", "NP3017")]
    [InlineData("destructor_hangs_at_exit", "NP3017")]
    public void It_ends_with_75_at_the_deadline_and_says_what_did_not_return(string fixture, string code)
    {
        HostResult result = HostProcess.Run("--timeout", "300ms", NativeFixtures.PathOf(fixture)).Exits(75);

        Assert.Contains($"{code}: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("within 0.3 s", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stop_hangs")]
    [InlineData("destroy_hangs")]
    [InlineData("destructor_hangs")]
    [InlineData("destructor_hangs_at_exit")]
    public void What_the_command_has_written_is_there(string fixture)
    {
        HostResult result = HostProcess.Run("--timeout", "300ms", NativeFixtures.PathOf(fixture));

        Assert.Equal($"{fixture} ran\n", result.Output);
    }

    [Fact]
    public void A_signal_ends_it_while_a_constructor_hangs()
    {
        using HostProcess host = HostProcess.Start(
            Repository.Host, new HostEnvironment(), "--timeout", "60s", NativeFixtures.PathOf("constructor_hangs_loudly"));
        host.WaitForOutput("hangs\n");

        host.Signal("TERM");

        host.WaitForEnd().Exits(143);
    }

    [Fact]
    public void The_child_that_a_manifest_is_asked_from_ends_too()
    {
        using var scratch = new Scratch();

        JsonElement error = HostProcess.Run("manifest", "--json", "--timeout", "300ms", scratch.Fixture("constructor_hangs")).Exits(75).ErrorObject;

        Assert.Equal("NP3017", error.GetProperty("code").GetString());
    }
}
