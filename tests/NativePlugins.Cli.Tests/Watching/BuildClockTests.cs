namespace NativePlugins.Cli.Tests;

/// <summary>What a build does at the moment.</summary>
public sealed class BuildClockTests
{
    private readonly List<string> _shown = [];

    [Fact]
    public void Each_step_is_shown_when_it_begins_and_told_with_its_time_when_it_has_ended()
    {
        using var clock = new BuildClock(Show);
        clock.Start("generation 2");

        Assert.Null(clock.Next("compiling"));
        (string step, TimeSpan time) = clock.Next("linking")!.Value;

        Assert.Equal("compiling", step);
        Assert.True(time >= TimeSpan.Zero);
        Assert.Equal("linking", clock.Stop()!.Value.Step);
        Assert.Equal(["generation 2: building", "generation 2: compiling", "generation 2: linking"], Shown());
    }

    [Fact]
    public void Nothing_is_told_of_a_build_that_has_named_no_step_or_has_ended()
    {
        using var clock = new BuildClock(Show);
        clock.Start("generation 2");

        Assert.Null(clock.Stop());
        Assert.Null(clock.Stop());
    }

    private void Show(string line)
    {
        lock (_shown)
        {
            _shown.Add(line);
        }
    }

    // The time behind the step goes on, and is shown again and again.
    private string[] Shown()
    {
        lock (_shown)
        {
            return [.. _shown.Select(line => line.Split(" … ")[0]).Distinct()];
        }
    }
}
