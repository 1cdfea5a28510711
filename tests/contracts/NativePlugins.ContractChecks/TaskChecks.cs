using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What members that return a Task must do, whoever implements them.</summary>
public static class TaskChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<ITasks>> All { get; } = new Dictionary<string, Action<ITasks>>
    {
        [nameof(A_task_completes_at_once_or_later)] = A_task_completes_at_once_or_later,
        [nameof(A_task_may_be_awaited_twice)] = A_task_may_be_awaited_twice,
        [nameof(Results_of_each_kind_come_by_a_task)] = Results_of_each_kind_come_by_a_task,
        [nameof(A_task_is_cancelled)] = A_task_is_cancelled,
        [nameof(A_task_fails)] = A_task_fails,
    };

    private static void A_task_completes_at_once_or_later(ITasks tasks)
    {
        Check.Equal(7, Check.Wait(tasks.AddLater(3, 4, isLater: false)));
        Task<int> first = tasks.AddLater(1, 2, isLater: true), second = tasks.AddLater(10, 20, isLater: true);
        Check.Equal((false, false), (first.IsCompleted, second.IsCompleted));
        tasks.Complete();
        Check.Equal((3, 30), (Check.Wait(first), Check.Wait(second)));
    }

    private static void A_task_may_be_awaited_twice(ITasks tasks)
    {
        Task<string> text = tasks.EchoText("twice", CancellationToken.None);
        Check.Equal("twice", Check.Wait(text));
        Check.Equal("twice", Check.Wait(text));
    }

    private static void Results_of_each_kind_come_by_a_task(ITasks tasks)
    {
        byte[] bytes = [1, 2, 3];
        Check.Wait(tasks.Reverse(bytes, new byte[] { 10 }, CancellationToken.None));
        Check.Same<byte>([13, 2, 1], bytes);
        Check.Equal("ä€😀\0", Check.Wait(tasks.EchoText("ä€😀\0", CancellationToken.None)));
        Box[] boxes = [new(1.5, new Pixel(1, 2, 3, Mode.Exact), -1, Wide.Least)];
        Check.Same<Box>(boxes, Check.Wait(tasks.EchoBoxes(boxes)));
        Check.Equal((true, false), (Check.Wait(tasks.Negate(false)), Check.Wait(tasks.Negate(true))));
    }

    private static void A_task_is_cancelled(ITasks tasks)
    {
        using var source = new CancellationTokenSource();
        Task call = tasks.WaitLater(source.Token);
        Check.True(!call.IsCompleted, "it has completed");
        source.Cancel();
        OperationCanceledException e = Check.Throws<OperationCanceledException>(() => Check.Wait(call));
        Check.Equal(source.Token, e.CancellationToken);
        Check.True(call.IsCanceled, $"the task is {call.Status}");
        Check.True(tasks.WaitLater(new CancellationToken(canceled: true)).IsCanceled, "the call is not cancelled");
    }

    private static void A_task_fails(ITasks tasks)
    {
        Check.Throws<ArgumentException>(() => Check.Wait(tasks.FailLater("argument")));
        Exception other = Check.Throws<Exception>(() => Check.Wait(tasks.FailLater("other")));
        Check.True(other.Message.Contains("too late", StringComparison.Ordinal), $"a fault arrives as {other}");
        Check.Wait(tasks.FailLater(""));
    }
}
