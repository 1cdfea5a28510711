namespace NativePlugins.Testing.Tests;

public sealed class LeakTests : IDisposable
{
    private static readonly TimeSpan s_briefly = TimeSpan.FromMilliseconds(1);
    private readonly TestHost _host = new();

    public LeakTests() => Leaver.EndOfTest.Reset();

    public void Dispose()
    {
        Leaver.EndOfTest.Set();
        _host.Dispose();
    }

    [Fact]
    public void A_plugin_in_order_leaves_nothing() => _host.AssertNothingStays<Leaver>(leaver => Assert.Equal(7, leaver.Run().ExitStatus));

    [Fact]
    public void A_timer_that_is_awaited_leaves_nothing()
    {
        _host.Settings["Leave"] = "timer";

        _host.AssertNothingStays<Leaver>();
    }

    [Fact]
    public void A_thread_that_runs_after_stop_is_named()
    {
        using TestInstance leaver = Stopped("thread");

        var leak = Assert.Throws<TestLeakException>(() => leaver.AssertNoThreadRuns(s_briefly));

        Assert.Contains("'left behind'", leak.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_that_runs_after_stop_is_found()
    {
        using TestInstance leaver = Stopped("task");

        var leak = Assert.Throws<TestLeakException>(() => leaver.AssertNoThreadRuns(s_briefly));

        Assert.Contains("a thread of the pool", leak.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_that_ends_in_time_is_no_leak()
    {
        using TestInstance leaver = Stopped("thread");
        Leaver.EndOfTest.Set();

        leaver.AssertNoThreadRuns();
    }

    [Fact]
    public void An_object_that_stays_referenced_is_counted()
    {
        _host.Settings["Leave"] = "object";

        var leak = Assert.Throws<TestLeakException>(() => _host.AssertNothingStays<Leaver>(rounds: 3));

        Assert.StartsWith("3 of 3 objects of NativePlugins.Testing.Tests.Leaver are still referenced", leak.Message, StringComparison.Ordinal);
    }

    // The task has begun when the pool runs it: only then does a thread run the plugin's code.
    private TestInstance Stopped(string leave)
    {
        _host.Settings["Leave"] = leave;
        TestInstance leaver = _host.Start<Leaver>();
        SpinWait.SpinUntil(() => leaver.RunningThreads > 0);
        leaver.Stop().EnsureSuccess();
        return leaver;
    }
}
