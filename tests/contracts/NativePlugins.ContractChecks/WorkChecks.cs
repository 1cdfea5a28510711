using System.Diagnostics.CodeAnalysis;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What calls that call back, fail, wait and complete later must do, whoever implements them.</summary>
public static class WorkChecks
{
    /// <summary>All of them, by name.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "For tests.")]
    public static IReadOnlyDictionary<string, Action<IWork>> All { get; } = new Dictionary<string, Action<IWork>>
    {
        [nameof(Numbers_are_added)] = Numbers_are_added,
        [nameof(A_callback_hears_each_step_and_its_text)] = A_callback_hears_each_step_and_its_text,
        [nameof(A_callback_answers)] = A_callback_answers,
        [nameof(A_callback_that_throws_ends_the_call_with_its_exception)] = A_callback_that_throws_ends_the_call_with_its_exception,
        [nameof(A_callback_may_call_back_into_the_contract)] = A_callback_may_call_back_into_the_contract,
        [nameof(A_callback_that_must_be_there_may_not_be_null)] = A_callback_that_must_be_there_may_not_be_null,
        [nameof(Declared_exceptions_cross_by_their_kind)] = Declared_exceptions_cross_by_their_kind,
        [nameof(A_call_is_cancelled_while_it_runs)] = A_call_is_cancelled_while_it_runs,
        [nameof(A_token_that_is_cancelled_already_makes_no_call)] = A_token_that_is_cancelled_already_makes_no_call,
        [nameof(An_asynchronous_call_completes_at_once_or_later)] = An_asynchronous_call_completes_at_once_or_later,
        [nameof(Memory_is_written_in_place)] = Memory_is_written_in_place,
        [nameof(Results_of_each_kind_come_later)] = Results_of_each_kind_come_later,
        [nameof(An_asynchronous_call_is_cancelled)] = An_asynchronous_call_is_cancelled,
        [nameof(An_asynchronous_call_fails)] = An_asynchronous_call_fails,
        [nameof(A_callback_is_called_until_the_call_completes)] = A_callback_is_called_until_the_call_completes,
        [nameof(Sixty_four_threads_share_one_proxy)] = Sixty_four_threads_share_one_proxy,
    };

    private static void Numbers_are_added(IWork work)
    {
        Check.Equal(5, work.Add(2, 3));
        Check.Equal(int.MinValue, work.Add(int.MaxValue, 1));
    }

    private static void A_callback_hears_each_step_and_its_text(IWork work)
    {
        var progress = new ProgressRecorder();
        Check.Equal(4, work.Count(4, progress));
        Check.Same<(double, string)>([(0.25, "step 1"), (0.5, "step 2"), (0.75, "step 3"), (1, "step 4")], [.. progress.Reports]);
        Check.Equal(2, work.CountOptional(2, progress));
        Check.Equal(9, work.CountOptional(9, null));
    }

    private static void A_callback_answers(IWork work) => Check.Equal(3, work.Count(10, new ProgressRecorder { StopAt = 3 }));

    private static void A_callback_that_throws_ends_the_call_with_its_exception(IWork work)
    {
        var progress = new ProgressRecorder { ThrowAt = 2 };
        InvalidOperationException e = Check.Throws<InvalidOperationException>(() => work.Count(5, progress));
        Check.True(e.Message.Contains("the sink is full", StringComparison.Ordinal), $"the message is '{e.Message}'");
        Check.Equal(2, progress.Reports.Count);
        Check.Equal(1, work.Count(1, new ProgressRecorder()));
    }

    private static void A_callback_may_call_back_into_the_contract(IWork work)
    {
        int inner = 0;
        var progress = new ProgressRecorder { Then = () => inner += work.Count(2, new ProgressRecorder()) };
        Check.Equal(3, work.Count(3, progress));
        Check.Equal(6, inner);
    }

    private static void A_callback_that_must_be_there_may_not_be_null(IWork work) =>
        Check.Throws<ArgumentNullException>(() => work.Count(1, null!));

    private static void Declared_exceptions_cross_by_their_kind(IWork work)
    {
        work.Fail("");
        Check.True(Check.Throws<ArgumentException>(() => work.Fail("argument")).Message.Contains("bad argument", StringComparison.Ordinal), "no message");
        Check.True(Check.Throws<InvalidOperationException>(() => work.Fail("operation")).Message.Contains("bad operation", StringComparison.Ordinal), "no message");
        Check.True(Check.Throws<NotSupportedException>(() => work.Fail("supported")).Message.Contains("not supported", StringComparison.Ordinal), "no message");
        Check.True(Check.Throws<OperationCanceledException>(() => work.Fail("cancelled")).Message.Contains("cancelled by itself", StringComparison.Ordinal), "no message");
        Exception other = Check.Throws<Exception>(() => work.Fail("other"));
        Check.True(
            other is not (ArgumentException or InvalidOperationException or NotSupportedException or OperationCanceledException)
            && other.Message.Contains("too late", StringComparison.Ordinal),
            $"a fault arrives as {other}");
        Check.Throws<ArgumentNullException>(() => work.Fail(null!));
    }

    private static void A_call_is_cancelled_while_it_runs(IWork work)
    {
        using var source = new CancellationTokenSource();
        using var inside = new ManualResetEventSlim();
        var call = Task.Run(() => work.WaitForCancellation(new ProgressRecorder { Then = inside.Set }, source.Token));
        Check.True(inside.Wait(TimeSpan.FromSeconds(60)), "the call does not begin");
        source.Cancel();
        Check.Equal(true, Check.Wait(new ValueTask<bool>(call)));
        Check.Equal(false, work.WaitForCancellation(null, CancellationToken.None));
    }

    private static void A_token_that_is_cancelled_already_makes_no_call(IWork work)
    {
        var cancelled = new CancellationToken(canceled: true);
        Check.Throws<OperationCanceledException>(() => work.WaitForCancellation(null, cancelled));
        Check.True(work.WaitLater(cancelled).AsTask().IsCanceled, "the call is not cancelled");
    }

    private static void An_asynchronous_call_completes_at_once_or_later(IWork work)
    {
        Check.Equal(7, Check.Wait(work.AddLater(3, 4, isLater: false)));
        ValueTask<int> first = work.AddLater(1, 2, isLater: true), second = work.AddLater(10, 20, isLater: true);
        Check.Equal((false, false), (first.IsCompleted, second.IsCompleted));
        work.Complete();
        Check.Equal((3, 30), (Check.Wait(first), Check.Wait(second)));
    }

    private static void Memory_is_written_in_place(IWork work)
    {
        byte[] bytes = [1, 2, 3, 4, 5];
        Check.Wait(work.Reverse(bytes.AsMemory(1, 3), new byte[] { 10, 20 }, CancellationToken.None));
        Check.Same<byte>([1, 14, 23, 2, 5], bytes);
        Check.Wait(work.Reverse(Memory<byte>.Empty, ReadOnlyMemory<byte>.Empty, CancellationToken.None));
    }

    private static void Results_of_each_kind_come_later(IWork work)
    {
        Check.Equal("ä€😀\0", Check.Wait(work.EchoText("ä€😀\0", CancellationToken.None)));
        Check.Equal("", Check.Wait(work.EchoText("", CancellationToken.None)));
        Box[] boxes = [new(1.5, new Pixel(1, 2, 3, Mode.Exact), -1, Wide.Least), new(double.NaN, default, 7, Wide.Most)];
        Check.Same<Box>(boxes, Check.Wait(work.EchoBoxes(boxes)));
        Check.Same<Box>([], Check.Wait(work.EchoBoxes(Array.Empty<Box>())));
        Check.Equal((true, false), (Check.Wait(work.Negate(false)), Check.Wait(work.Negate(true))));
    }

    private static void An_asynchronous_call_is_cancelled(IWork work)
    {
        using var source = new CancellationTokenSource();
        Task call = work.WaitLater(source.Token).AsTask();
        Check.True(!call.IsCompleted, "it has completed");
        source.Cancel();
        OperationCanceledException e = Check.Throws<OperationCanceledException>(() => Check.Wait(new ValueTask(call)));
        Check.Equal(source.Token, e.CancellationToken);
        Check.True(call.IsCanceled, $"the task is {call.Status}");
    }

    private static void An_asynchronous_call_fails(IWork work)
    {
        Check.Throws<ArgumentException>(() => Check.Wait(work.FailLater("argument")));
        Check.Throws<InvalidOperationException>(() => Check.Wait(work.FailLater("operation")));
        Exception other = Check.Throws<Exception>(() => Check.Wait(work.FailLater("other")));
        Check.True(other.Message.Contains("too late", StringComparison.Ordinal), $"a fault arrives as {other}");
        Check.Wait(work.FailLater(""));
    }

    private static void A_callback_is_called_until_the_call_completes(IWork work)
    {
        var progress = new ProgressRecorder();
        Check.Equal(50, Check.Wait(work.CountLater(50, progress, CancellationToken.None)));
        Check.Equal(50, progress.Reports.Count);
    }

    private static void Sixty_four_threads_share_one_proxy(IWork work)
    {
        const int Threads = 64, Calls = 200;
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            try
            {
                for (int i = 0; i < Calls; i++)
                {
                    Check.Equal(number + i, work.Add(number, i));
                    var progress = new ProgressRecorder();
                    Check.Equal(2, work.Count(2, progress));
                    Check.Equal(2, progress.Reports.Count);
                    string text = $"{number}:{i}";
                    Check.Equal(text, Check.Wait(work.EchoText(text, CancellationToken.None)));
                    Check.True(Check.Throws<ArgumentException>(() => work.Fail("argument")).Message.Contains("bad argument", StringComparison.Ordinal), "no message");
                }
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Check.True(failures.IsEmpty, $"{failures.Count} of {Threads} threads failed: {failures.FirstOrDefault()}");
    }
}
