using NativePlugins.Host.Threads;
using Xunit;

namespace NativePlugins.Host.Tests.Threads;

[Collection(nameof(LoaderLock))]
public sealed class LifecycleThreadTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    [Fact]
    public void Work_runs_on_another_thread_and_to_its_end()
    {
        int worker = 0;

        Assert.True(LifecycleThread.TryRun(() => worker = Environment.CurrentManagedThreadId, s_long, () => { }));
        Assert.NotEqual(0, worker);
        Assert.NotEqual(Environment.CurrentManagedThreadId, worker);
    }

    [Fact]
    public void An_exception_of_the_work_reaches_the_caller()
    {
        Assert.Throws<TimeZoneNotFoundException>(
            () => LifecycleThread.TryRun(() => throw new TimeZoneNotFoundException(), s_long, () => { }));
    }

    [Fact]
    public void A_caller_gives_up_at_the_deadline_and_hears_when_the_work_ends_after_all()
    {
        using var release = new ManualResetEventSlim();
        using var late = new ManualResetEventSlim();

        Assert.False(LifecycleThread.TryRun(release.Wait, TimeSpan.FromMilliseconds(20), late.Set));
        Assert.False(late.IsSet);
        release.Set();
        Assert.True(late.Wait(s_long));
    }

    [Fact]
    public void A_thread_that_was_given_up_is_not_used_again()
    {
        using var release = new ManualResetEventSlim();
        int stuck = 0, next = 0;
        LifecycleThread.TryRun(
            () =>
            {
                stuck = Environment.CurrentManagedThreadId;
                release.Wait();
            },
            TimeSpan.FromMilliseconds(20),
            () => { });

        LifecycleThread.TryRun(() => next = Environment.CurrentManagedThreadId, s_long, () => { });
        release.Set();
        Assert.NotEqual(stuck, next);
    }

    [Fact]
    public void The_deadline_counts_anew_for_each_step()
    {
        // Three steps of at least 2 s each, with a deadline of 5 s: a busy machine may hold each up for 3 s.
        Assert.True(LifecycleThread.TryRun(
            beginStep =>
            {
                for (int step = 0; step < 3; step++)
                {
                    new ManualResetEventSlim().Wait(TimeSpan.FromSeconds(2));
                    beginStep();
                }
            },
            TimeSpan.FromSeconds(5),
            () => { }));
    }

    [Fact]
    public void After_the_caller_has_given_up_no_further_step_is_begun()
    {
        using var release = new ManualResetEventSlim();
        using var late = new ManualResetEventSlim();
        bool isBegun = false;

        Assert.False(LifecycleThread.TryRun(
            beginStep =>
            {
                release.Wait();
                beginStep();
                isBegun = true;
            },
            TimeSpan.FromMilliseconds(20),
            late.Set));
        release.Set();
        Assert.True(late.Wait(s_long));
        Assert.False(isBegun);
    }

    [Fact]
    public void An_infinite_deadline_waits_for_the_end()
    {
        bool isDone = false;

        Assert.True(LifecycleThread.TryRun(() => isDone = true, Timeout.InfiniteTimeSpan, () => { }));
        Assert.True(isDone);
    }

    [Fact]
    public void The_callers_async_locals_flow_into_the_work()
    {
        var local = new AsyncLocal<string> { Value = "caller" };
        string? seen = null;

        LifecycleThread.TryRun(() => seen = local.Value, s_long, () => { });
        Assert.Equal("caller", seen);
    }

    [Fact]
    public void Callers_on_many_threads_each_get_their_own_answer()
    {
        Parallel.For(0, 200, i =>
        {
            int answer = -1;
            Assert.True(LifecycleThread.TryRun(() => answer = i, s_long, () => { }));
            Assert.Equal(i, answer);
        });
    }
}
