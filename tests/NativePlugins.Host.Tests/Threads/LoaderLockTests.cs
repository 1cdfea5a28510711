using NativePlugins.Host.Threads;
using Xunit;

namespace NativePlugins.Host.Tests.Threads;

/// <summary>In one collection with the tests of the lifecycle threads, which need the loader to be free: a process has only one.</summary>
[Collection(nameof(LoaderLock))]
public sealed class LoaderLockTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(60);

    [Fact]
    public void Who_comes_waits_until_the_other_has_left()
    {
        LoaderVisit first = LoaderLock.Enter("first", LoaderWork.Constructors, s_long);
        using var entered = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            LoaderVisit second = LoaderLock.Enter("second", LoaderWork.Constructors, s_long);
            entered.Set();
            LoaderLock.Leave(second);
        });
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_long));
        Assert.False(entered.IsSet);

        LoaderLock.Leave(first);

        Assert.True(thread.Join(s_long));
        Assert.True(entered.IsSet);
        Assert.False(LoaderLock.IsVisited);
    }

    [Fact]
    public void Who_has_waited_long_enough_is_refused_with_the_name_of_the_other()
    {
        LoaderVisit first = LoaderLock.Enter("first", LoaderWork.Constructors, s_long);

        var refusal = Assert.Throws<PluginLoaderHeldException>(
            () => LoaderLock.Enter("second", LoaderWork.Constructors, TimeSpan.FromMilliseconds(20)));

        LoaderLock.Leave(first);
        Assert.Equal("first", refusal.Library);
        Assert.Equal("'second' cannot be loaded: the constructors of 'first' hold the system's loader", refusal.Summary);
        Assert.Null(LoaderLock.Overdue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Once_a_visit_is_overdue_nobody_waits_for_it(bool isInfinite)
    {
        TimeSpan patience = isInfinite ? Timeout.InfiniteTimeSpan : s_long;
        LoaderVisit first = LoaderLock.Enter("first", LoaderWork.Destructors, s_long);
        PluginLoaderHeldException? waited = null;
        var thread = new Thread(() => waited = Record.Exception(() => LoaderLock.Enter("second", LoaderWork.Constructors, patience)) as PluginLoaderHeldException);
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_long));

        LoaderLock.SetOverdue(first);

        Assert.True(thread.Join(s_long));
        Assert.Equal("first", waited?.Library);
        Assert.Throws<PluginLoaderHeldException>(() => LoaderLock.Enter("third", LoaderWork.Constructors, patience));
        Assert.Throws<PluginLoaderHeldException>(() => LoaderLock.RequireFree("third", LoaderWork.Constructors));
        LoaderLock.Leave(first);
    }

    [Fact]
    public void When_it_ends_after_all_others_may_enter_again()
    {
        LoaderVisit first = LoaderLock.Enter("first", LoaderWork.Constructors, s_long);
        LoaderLock.SetOverdue(first);
        LoaderLock.Leave(first);

        Assert.Null(LoaderLock.Overdue);
        LoaderLock.Leave(LoaderLock.Enter("second", LoaderWork.Constructors, TimeSpan.Zero));
    }

    [Fact]
    public void What_ends_in_time_after_it_was_given_up_holds_nothing()
    {
        LoaderVisit first = LoaderLock.Enter("first", LoaderWork.Constructors, s_long);
        LoaderLock.Leave(first);

        LoaderLock.SetOverdue(first);

        Assert.Null(LoaderLock.Overdue);
    }

    [Fact]
    public void A_step_that_does_not_end_holds_the_loader_until_it_does()
    {
        using var release = new ManualResetEventSlim();
        using var late = new ManualResetEventSlim();

        var failure = Assert.Throws<PluginLoaderHeldException>(
            () => LoaderCall.Run("culprit", LoaderWork.Constructors, release.Wait, TimeSpan.FromMilliseconds(20), late.Set));

        Assert.Equal("culprit", failure.Library);
        Assert.Equal("culprit", PluginHost.LoaderHeldBy);
        Assert.True(PluginHost.StuckCallCount > 0);
        release.Set();
        Assert.True(late.Wait(s_long));
        Assert.Null(PluginHost.LoaderHeldBy);
        Assert.True(SpinWait.SpinUntil(() => PluginHost.StuckCallCount == 0, s_long));
    }
}
