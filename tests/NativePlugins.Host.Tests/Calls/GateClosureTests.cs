using NativePlugins.Host.Calls;
using Xunit;

namespace NativePlugins.Host.Tests.Calls;

/// <summary>The threads that wait at a closed gate, and those that wake them.</summary>
public sealed class GateClosureTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_closer_is_woken_by_the_last_of_those_who_were_inside()
    {
        var closure = new GateClosure(isForGood: false, s_limit);
        var closer = new Thread(() => closure.WaitForArrivals(() => 2, Timeout.InfiniteTimeSpan));
        closer.Start();
        WaitUntilBlocked(closer);

        closure.Arrive();
        Assert.False(closer.Join(TimeSpan.Zero));
        closure.Arrive();

        Assert.True(closer.Join(s_limit));
    }

    [Fact]
    public void Who_has_come_while_they_were_counted_is_not_waited_for()
    {
        var closure = new GateClosure(isForGood: false, s_limit);
        var closer = new Thread(() => closure.WaitForArrivals(
            () =>
            {
                closure.Arrive();
                return 1;
            },
            Timeout.InfiniteTimeSpan));

        closer.Start();

        Assert.True(closer.Join(s_limit));
    }

    [Fact]
    public void Calls_that_wait_are_woken_by_the_end()
    {
        var closure = new GateClosure(isForGood: false, Timeout.InfiniteTimeSpan);
        int woken = 0;
        Thread[] callers = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            if (closure.WaitForEnd(Environment.TickCount64))
            {
                Interlocked.Increment(ref woken);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, WaitUntilBlocked);

        closure.End();

        Assert.All(callers, caller => Assert.True(caller.Join(s_limit)));
        Assert.Equal(8, woken);
    }

    [Fact]
    public void Calls_can_enter_before_those_that_wait_are_woken()
    {
        using var gate = new CallGate();
        gate.Pause(s_limit);
        bool isIn = false;

        gate.Open(opened: () =>
        {
            isIn = gate.TryEnter(out CallLease call);
            call.Dispose();
        });

        Assert.True(isIn);
    }

    private static void WaitUntilBlocked(Thread thread) => Assert.True(
        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), s_limit));
}
