namespace NativePlugins.EndToEnd.Tests;

/// <summary>tests/apps/storm in its short form; `./build.sh storm` is the one of any length and seed.</summary>
[Trait("Category", "Published")]
public class StormTests
{
    private const string Seconds = "20";
    private const string Seed = "1";

    // The storm itself takes the seconds above; the rest is for a busy machine, until all threads have ended.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    [Fact]
    public void What_twelve_threads_do_with_plugins_at_random_leaves_nothing_behind()
    {
        HostResult result = HostProcess.RunProgram(
            Repository.Storm, new HostEnvironment { Limit = s_limit },
            NativeFixtures.PathOf("storm"), NativeFixtures.PathOf("storm_bringer"), NativeFixtures.Dependency, Seconds, Seed);

        Assert.EndsWith("\n0 wrong\n", result.Exits(0).Output, StringComparison.Ordinal);
    }
}
