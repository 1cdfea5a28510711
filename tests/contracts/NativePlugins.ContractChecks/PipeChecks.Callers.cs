using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <content>Streams of the caller's.</content>
public static partial class PipeChecks
{
    private static async Task A_stream_of_the_callers_is_read_to_its_end(IPipes pipes)
    {
        int open = 0;
        foreach (int count in new[] { 0, 1, 100, 10_000 })
        {
            long sum = CountingStream.Bytes(count).Sum(value => (long)value);
            Check.Equal(sum, pipes.Sum(new CountingStream(count, 0, -1, Change)));
            Check.Equal(sum, pipes.Sum(new CountingStream(count, 33, -1, Change)));
            Check.Equal(sum, await pipes.SumLater(new CountingStream(count, 0, -1, Change), CancellationToken.None));
            using var source = new CancellationTokenSource();
            Check.Equal(sum, await pipes.SumLater(new CountingStream(count, 33, -1, Change), source.Token));
        }

        Check.Until(() => Volatile.Read(ref open) == 0, "they are closed");

        void Change(int change) => Interlocked.Add(ref open, change);
    }

    private static async Task A_stream_of_the_callers_is_written(IPipes pipes)
    {
        int open = 0, written = 0, flushed = 0;
        pipes.Fill(Drain(), 1000);
        Check.Equal((1000, 1), (written, flushed));
        await pipes.FillLater(Drain(), 70_000, CancellationToken.None);
        Check.Equal((71_000, 2), (Volatile.Read(ref written), flushed));
        using var store = new MemoryStream();
        pipes.Fill(store, 500);
        Check.Same<byte>(CountingStream.Bytes(500), store.ToArray());
        Check.Until(() => Volatile.Read(ref open) == 0, "they are closed");

        DrainingStream Drain() => new(change => Interlocked.Add(ref open, change), bytes => Interlocked.Add(ref written, bytes), () => Interlocked.Increment(ref flushed));
    }

    private static async Task A_failure_of_the_callers_stream_reaches_who_reads(IPipes pipes)
    {
        int open = 0;
        Exception atOnce;
        using (var kept = new CountingStream(100, 0, 70, Change))
        {
            atOnce = Check.Throws<Exception>(() => pipes.Sum(kept));
            Check.Equal(1, open);
        }

        Task<long> sum = pipes.SumLater(new CountingStream(100, 0, 70, Change), CancellationToken.None);
        await Task.WhenAny(sum);
        Check.True(atOnce.Message.Contains("a bad sector", StringComparison.Ordinal), $"it is {atOnce}");
        Check.True(sum.Exception?.InnerException is { } later && later.Message.Contains("a bad sector", StringComparison.Ordinal), $"it is {sum.Exception}");
        Check.Until(() => Volatile.Read(ref open) == 0, "they are closed");

        void Change(int change) => Interlocked.Add(ref open, change);
    }

    private static void A_failure_at_the_end_of_the_callers_stream_reaches_who_ends_it(IPipes pipes)
    {
        Check.True(pipes.Keep(new CountingStream(1, 0, -2, _ => { })), "it is kept");
        Exception end = Check.Throws<Exception>(pipes.DropKept);
        Check.True(end.Message.Contains("the disk is full", StringComparison.Ordinal), $"it is {end}");
    }

    private static void A_stream_of_the_callers_can_do_what_it_can_do_here(IPipes pipes)
    {
        int open = 0;
        Check.Equal((1, -1L), (pipes.Examine(new CountingStream(5, 0, -1, Change), out long length), length));
        Check.Equal((2, -1L), (pipes.Examine(new DrainingStream(Change, _ => { }, () => { }), out length), length));
        var store = new OwnStream(Change);
        store.Write([1, 2, 3]);
        Check.Equal((7, 3L), (pipes.Examine(store, out length), length));
        Check.Equal(0, store.ToArray().Length);
        Check.Equal((5, 4L), (pipes.Examine(new MemoryStream(new byte[4], writable: false), out length), length));
        Check.Equal(0, open);

        void Change(int change) => Interlocked.Add(ref open, change);
    }

    private static void A_stream_of_the_callers_is_kept(IPipes pipes)
    {
        int open = 0;
        Check.True(!pipes.Keep(null), "it is none");
        Check.True(pipes.Keep(new CountingStream(2, 0, -1, change => Interlocked.Add(ref open, change))), "it is one");
        Check.Equal((0, 1, -1), (pipes.ReadKept(), pipes.ReadKept(), pipes.ReadKept()));
        Check.Equal(1, open);
        pipes.DropKept();
        Check.Equal(0, open);
    }

    private static async Task A_read_of_the_callers_stream_is_cancelled(IPipes pipes)
    {
        int open = 0;
        using var source = new CancellationTokenSource();
        Task<long> sum = pipes.SumLater(new WaitingStream(change => Interlocked.Add(ref open, change)), source.Token);
        Check.True(!sum.IsCompleted, "it waits");
        await source.CancelAsync();
        await Task.WhenAny(sum);
        Check.True(sum.IsCanceled, $"it is {sum.Status}");
        Check.Until(() => Volatile.Read(ref open) == 0, "it is closed");
    }

    private static void A_stream_that_was_closed_is_not_sent(IPipes pipes)
    {
        var closed = new MemoryStream();
        closed.Dispose();
        Check.True(Check.Throws<InvalidOperationException>(() => pipes.Sum(closed)).Message.Contains("closed", StringComparison.Ordinal), "it says why");
        Check.Equal("bytes", Check.Throws<ArgumentNullException>(() => pipes.Sum(null!)).ParamName);

        var given = new MemoryStream([1, 2]);
        Check.Equal(3L, pipes.Sum(given));
        Check.True(!given.CanRead, "its reader has closed it");
        Check.True(Check.Throws<InvalidOperationException>(() => pipes.Sum(given)).Message.Contains("does not cross", StringComparison.Ordinal), "it says why also where it was known");
    }
}
