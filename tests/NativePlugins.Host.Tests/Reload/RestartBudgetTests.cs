using NativePlugins.Host.Reload;

namespace NativePlugins.Host.Tests.Reload;

public sealed class RestartBudgetTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void The_first_restart_comes_at_once_and_each_further_one_after_twice_the_time_up_to_a_limit() => Assert.Equal(
        [0, 100, 200, 400, 500, 500], Take(6, new PluginRestartOptions { MaxRestarts = 10, MaxDelay = TimeSpan.FromMilliseconds(500) }));

    [Fact]
    public void There_are_no_more_than_allowed() => Assert.Equal([0, 100, null, null], Take(4, new PluginRestartOptions { MaxRestarts = 2 }));

    [Fact]
    public void None_is_allowed_if_the_application_wants_none() => Assert.Equal([null], Take(1, new PluginRestartOptions { MaxRestarts = 0 }));

    [Fact]
    public void What_was_longer_ago_than_the_window_counts_no_more()
    {
        var budget = new RestartBudget(new PluginRestartOptions { MaxRestarts = 2, Window = TimeSpan.FromSeconds(60) }, _time);
        budget.Take();
        _time.Advance(TimeSpan.FromSeconds(59));
        budget.Take();

        Assert.Null(budget.Take());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(100), budget.Take());
    }

    [Theory]
    [InlineData(-1, 1, 0, 0, null)]
    [InlineData(1, 0, 0, 0, null)]
    [InlineData(1, 1, -1, 0, null)]
    [InlineData(1, 1, 0, -1, null)]
    [InlineData(1, 1, 0, 0, 9)]
    public void Values_out_of_their_ranges_are_refused(int restarts, int window, int delay, int maxDelay, int? interval)
    {
        var options = new PluginHostOptions();
        options.Worker.Restart = new PluginRestartOptions
        {
            MaxRestarts = restarts,
            Window = TimeSpan.FromMilliseconds(window),
            Delay = TimeSpan.FromMilliseconds(delay),
            MaxDelay = TimeSpan.FromMilliseconds(maxDelay),
            StateInterval = interval is int milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
        };

        Assert.Throws<ArgumentOutOfRangeException>(() => new PluginHost(options));
    }

    private double?[] Take(int count, PluginRestartOptions options)
    {
        var budget = new RestartBudget(options, _time);
        return [.. Enumerable.Range(0, count).Select(_ => budget.Take()?.TotalMilliseconds)];
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _now += time.Ticks;

        public override long GetTimestamp() => _now;
    }
}
