using System.Diagnostics;
using NativePlugins.Abi;
using NativePlugins.Host.Isolation;

namespace NativePlugins.Host.Tests.Isolation;

public sealed class CallDeadlineTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_call_that_goes_on_for_too_long_is_noticed()
    {
        using var isPassed = new ManualResetEventSlim();
        using var deadline = new CallDeadline(TimeSpan.FromMilliseconds(8), () => 1, isPassed.Set);

        deadline.Begin();

        Assert.True(isPassed.Wait(s_limit));
    }

    [Fact]
    public void It_is_noticed_too_if_there_were_others_before_that_are_over()
    {
        using var isPassed = new ManualResetEventSlim();
        using var isQuiet = new ManualResetEventSlim();
        long? oldest = null;
        using var deadline = new CallDeadline(
            TimeSpan.FromMilliseconds(8),
            () =>
            {
                isQuiet.Set();
                return oldest;
            },
            isPassed.Set);
        deadline.Begin();
        Assert.True(isQuiet.Wait(s_limit));

        oldest = 1;
        deadline.Begin();

        Assert.True(isPassed.Wait(s_limit));
    }

    [Theory]
    [InlineData((int)Operation.CallFunction, true)]
    [InlineData((int)Operation.RunCommand, true)]
    [InlineData((int)Operation.Start, false)]
    public void Calls_and_commands_count_while_they_go_on(int operation, bool counts)
    {
        (MemoryLink application, MemoryLink worker) = MemoryLink.CreatePair();
        var caller = new Channel(application, isWorker: false, static _ => new Answer(np.NP_OK));
        using var deadline = new CallDeadline(s_limit, caller.OldestCall, static () => { });
        caller.Deadline = deadline;
        long? within = null;
        var callee = new Channel(worker, isWorker: true, _ =>
        {
            within = caller.OldestCall();
            return new Answer(np.NP_OK);
        });
        Thread[] receivers = [new(caller.ReceiveAll), new(callee.ReceiveAll)];
        Array.ForEach(receivers, receiver => receiver.Start());
        long before = Stopwatch.GetTimestamp();

        Assert.True(caller.TryCall((Operation)operation, new PayloadWriter(), out _));

        Assert.Equal(counts, within >= before);
        Assert.Null(caller.OldestCall());
        application.Close();
        worker.Close();
        Array.ForEach(receivers, receiver => receiver.Join());
    }
}
