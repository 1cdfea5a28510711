using NativePlugins.TestContracts;

#pragma warning disable CA1835, CA2012, CA2022 // Each overload is called for its own sake, and what it returns is not always what is looked at.

namespace NativePlugins.ContractChecks;

/// <summary>What streams of bytes that cross must do, whoever gives them.</summary>
public static partial class PipeChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IPipes>> All { get; } = new Dictionary<string, Action<IPipes>>
    {
        [nameof(All_bytes_are_read_in_order)] = All_bytes_are_read_in_order,
        [nameof(All_bytes_are_read_without_waiting)] = pipes => Check.Wait(All_bytes_are_read_without_waiting(pipes)),
        [nameof(A_read_brings_what_there_is)] = pipes => Check.Wait(A_read_brings_what_there_is(pipes)),
        [nameof(A_stream_can_do_what_it_can_do_over_there)] = A_stream_can_do_what_it_can_do_over_there,
        [nameof(There_may_be_no_stream)] = pipes => Check.Wait(There_may_be_no_stream(pipes)),
        [nameof(A_failure_in_the_middle_is_an_IOException)] = pipes => Check.Wait(A_failure_in_the_middle_is_an_IOException(pipes)),
        [nameof(A_failure_at_the_end_is_an_IOException)] = pipes => Check.Wait(A_failure_at_the_end_is_an_IOException(pipes)),
        [nameof(What_is_written_is_read_again)] = pipes => Check.Wait(What_is_written_is_read_again(pipes)),
        [nameof(A_stream_seeks_and_changes_its_length)] = A_stream_seeks_and_changes_its_length,
        [nameof(What_cannot_be_done_is_not_supported)] = What_cannot_be_done_is_not_supported,
        [nameof(What_is_written_and_flushed_arrives)] = pipes => Check.Wait(What_is_written_and_flushed_arrives(pipes)),
        [nameof(A_read_is_cancelled)] = pipes => Check.Wait(A_read_is_cancelled(pipes)),
        [nameof(A_stream_has_an_end_and_only_one)] = pipes => Check.Wait(A_stream_has_an_end_and_only_one(pipes)),
        [nameof(A_stream_is_for_one_call_at_a_time)] = pipes => Check.Wait(A_stream_is_for_one_call_at_a_time(pipes)),
        [nameof(Readers_of_NET_read_it)] = pipes => Check.Wait(Readers_of_NET_read_it(pipes)),
        [nameof(A_stream_of_the_callers_is_read_to_its_end)] = pipes => Check.Wait(A_stream_of_the_callers_is_read_to_its_end(pipes)),
        [nameof(A_stream_of_the_callers_is_written)] = pipes => Check.Wait(A_stream_of_the_callers_is_written(pipes)),
        [nameof(A_failure_of_the_callers_stream_reaches_who_reads)] = pipes => Check.Wait(A_failure_of_the_callers_stream_reaches_who_reads(pipes)),
        [nameof(A_failure_at_the_end_of_the_callers_stream_reaches_who_ends_it)] = A_failure_at_the_end_of_the_callers_stream_reaches_who_ends_it,
        [nameof(A_stream_of_the_callers_can_do_what_it_can_do_here)] = A_stream_of_the_callers_can_do_what_it_can_do_here,
        [nameof(A_stream_of_the_callers_is_kept)] = A_stream_of_the_callers_is_kept,
        [nameof(A_read_of_the_callers_stream_is_cancelled)] = pipes => Check.Wait(A_read_of_the_callers_stream_is_cancelled(pipes)),
        [nameof(A_stream_that_was_closed_is_not_sent)] = A_stream_that_was_closed_is_not_sent,
    };

    private static void All_bytes_are_read_in_order(IPipes pipes)
    {
        foreach (int count in new[] { 0, 1, 251, 100_000 })
        {
            using Stream stream = pipes.Count(count, 0, -1);
            byte[] found = new byte[count + 10];
            int length = 0;
            while (stream.Read(found.AsSpan(length)) is > 0 and int read)
            {
                length += read;
            }

            Check.Same<byte>(CountingStream.Bytes(count), found.AsSpan(0, length));
            Check.Equal(-1, stream.ReadByte());
        }

        Check.Equal(0, pipes.CountOpen());
    }

    private static async Task All_bytes_are_read_without_waiting(IPipes pipes)
    {
        foreach (int count in new[] { 0, 1, 100_000 })
        {
            var found = new MemoryStream();
            await using (Stream stream = pipes.Count(count, 1000, -1))
            {
                await stream.CopyToAsync(found);
            }

            Check.Same<byte>(CountingStream.Bytes(count), found.ToArray());
        }

        Check.Equal(0, pipes.CountOpen());
    }

    private static async Task A_read_brings_what_there_is(IPipes pipes)
    {
        using Stream stream = pipes.Count(100, 7, -1);
        byte[] buffer = new byte[50];
        Check.Equal(7, stream.Read(buffer, 10, 40));
        Check.Same<byte>([0, 0, 1, 2, 3, 4, 5, 6, 0], buffer.AsSpan(9, 9));
        Check.Equal(7, await stream.ReadAsync(buffer.AsMemory(0, 50)));
        Check.Equal(3, await stream.ReadAsync(buffer, 0, 3));
        Check.Equal((byte)14, buffer[0]);
        Check.Equal(17, stream.ReadByte());
        Check.Equal(0, stream.Read([]));
        await stream.ReadExactlyAsync(buffer);
        Check.Equal((byte)18, buffer[0]);
    }

    private static void A_stream_can_do_what_it_can_do_over_there(IPipes pipes)
    {
        using Stream source = pipes.Count(1, 0, -1), drain = pipes.Drain(), store = pipes.Store(true)!;
        Check.Equal((true, false, false), (source.CanRead, source.CanWrite, source.CanSeek));
        Check.Equal((false, true, false), (drain.CanRead, drain.CanWrite, drain.CanSeek));
        Check.Equal((true, true, true), (store.CanRead, store.CanWrite, store.CanSeek));
        store.Dispose();
        Check.Equal((false, false, false), (store.CanRead, store.CanWrite, store.CanSeek));
    }

    private static async Task There_may_be_no_stream(IPipes pipes)
    {
        Check.True(pipes.Store(false) is null, "there is none");
        Check.True(await pipes.TryStoreLater(false) is null, "there is none later");
        await using Stream store = await pipes.StoreLater(), other = (await pipes.TryStoreLater(true))!;
        store.WriteByte(7);
        Check.Equal((1L, 0L), (store.Length, other.Length));
    }

    private static async Task A_failure_in_the_middle_is_an_IOException(IPipes pipes)
    {
        using (Stream stream = pipes.Count(100, 0, 50))
        {
            byte[] buffer = new byte[100];
            Check.Equal(50, stream.Read(buffer));
            Check.Equal("a bad sector", Check.Throws<IOException>(() => stream.Read(buffer)).Message);
            Check.Equal("a bad sector", Check.Throws<IOException>(() => Check.Wait(stream.ReadAsync(buffer))).Message);
        }

        await using (Stream stream = pipes.Count(100, 20, 50))
        {
            var found = new MemoryStream();
            IOException? failure = null;
            try
            {
                await stream.CopyToAsync(found);
            }
            catch (IOException e)
            {
                failure = e;
            }

            Check.Equal(("a bad sector", 50L), (failure?.Message, found.Length));
            Check.True(failure?.InnerException is Exception { Message.Length: > 0 }, $"inner is {failure?.InnerException}");
        }

        Check.Equal(0, pipes.CountOpen());
    }

    private static async Task A_failure_at_the_end_is_an_IOException(IPipes pipes)
    {
        Check.Equal("the disk is full", Check.Throws<IOException>(pipes.Count(1, 0, -2).Dispose).Message);
        IOException? failure = null;
        try
        {
            await pipes.Count(1, 0, -2).DisposeAsync();
        }
        catch (IOException e)
        {
            failure = e;
        }

        Check.Equal("the disk is full", failure?.Message);
        Check.Equal(0, pipes.CountOpen());
    }

    private static async Task What_is_written_is_read_again(IPipes pipes)
    {
        await using Stream store = pipes.Store(true)!;
        store.Write([1, 2]);
        store.Write([9, 3, 4, 9], 1, 2);
        store.WriteByte(5);
        await store.WriteAsync(new byte[] { 6, 7 });
        await store.WriteAsync([9, 8], 1, 1);
        store.EndWrite(store.BeginWrite([9, 9], 0, 1, null, null));
        store.Flush();
        await store.FlushAsync();
        Check.Equal((9L, 9L), (store.Position, store.Length));
        store.Position = 0;
        byte[] found = new byte[20];
        Check.Equal(9, store.EndRead(store.BeginRead(found, 0, 20, null, null)));
        Check.Same<byte>([1, 2, 3, 4, 5, 6, 7, 8, 9], found.AsSpan(0, 9));
    }

    private static void A_stream_seeks_and_changes_its_length(IPipes pipes)
    {
        using Stream store = pipes.Store(true)!;
        store.Write(CountingStream.Bytes(100));
        Check.Equal(10L, store.Seek(10, SeekOrigin.Begin));
        Check.Equal(10, store.ReadByte());
        Check.Equal(6L, store.Seek(-5, SeekOrigin.Current));
        Check.Equal(6, store.ReadByte());
        Check.Equal(98L, store.Seek(-2, SeekOrigin.End));
        Check.Equal((98, 99, -1), (store.ReadByte(), store.ReadByte(), store.ReadByte()));
        store.SetLength(3);
        Check.Equal(3L, store.Length);
        store.SetLength(5);
        store.Position = 2;
        Check.Equal((2, 0, 0, -1), (store.ReadByte(), store.ReadByte(), store.ReadByte(), store.ReadByte()));
        Check.Throws<IOException>(() => store.Seek(-1, SeekOrigin.Begin));
        Check.Throws<ArgumentOutOfRangeException>(() => store.Position = -1);
        Check.Throws<ArgumentOutOfRangeException>(() => store.SetLength(-1));
        Check.Throws<ArgumentException>(() => store.Seek(0, (SeekOrigin)3));
        Check.Equal(5L, store.Position);
    }

    private static void What_cannot_be_done_is_not_supported(IPipes pipes)
    {
        using Stream source = pipes.Count(1, 0, -1), drain = pipes.Drain();
        Check.Throws<NotSupportedException>(() => source.WriteByte(1));
        Check.Throws<NotSupportedException>(() => source.WriteAsync([1], 0, 1));
        Check.Throws<NotSupportedException>(() => _ = source.Position);
        Check.Throws<NotSupportedException>(() => _ = source.Length);
        Check.Throws<NotSupportedException>(() => source.SetLength(1));
        Check.Throws<NotSupportedException>(() => drain.ReadByte());
        Check.Throws<NotSupportedException>(() => drain.ReadAsync([1], 0, 1));
        source.Flush();
        Check.Wait(source.FlushAsync());
        Check.Equal(0, source.ReadByte());
    }

    private static async Task What_is_written_and_flushed_arrives(IPipes pipes)
    {
        pipes.GetDrained(out long bytesBefore, out int flushesBefore);
        await using (Stream drain = pipes.Drain())
        {
            drain.Write(new byte[1000]);
            drain.Flush();
            await drain.WriteAsync(new byte[100_000]);
            await drain.FlushAsync();
        }

        pipes.GetDrained(out long bytes, out int flushes);
        Check.Equal((101_000L, 2), (bytes - bytesBefore, flushes - flushesBefore));
    }

    private static async Task A_read_is_cancelled(IPipes pipes)
    {
        await using (Stream stream = pipes.Wait())
        {
            using var source = new CancellationTokenSource();
            Check.Equal(1, await stream.ReadAsync(new byte[10], source.Token));
            ValueTask<int> reading = stream.ReadAsync(new byte[10], source.Token);
            await source.CancelAsync();
            OperationCanceledException cancelled = Check.Throws<OperationCanceledException>(() => Check.Wait(reading));
            Check.Equal(source.Token, cancelled.CancellationToken);
            Check.True(stream.ReadAsync(new byte[10], source.Token).IsCanceled, "one that begins cancelled does not begin");
            Check.True(stream.FlushAsync(source.Token).IsCanceled, "nor does a flush");
        }

        Check.Until(() => pipes.CountOpen() == 0, "it is closed");
    }

    private static async Task A_stream_has_an_end_and_only_one(IPipes pipes)
    {
        Stream first = pipes.Count(10, 0, -1), second = pipes.Count(10, 0, -1);
        Check.Equal(2, pipes.CountOpen());
        first.Dispose();
        Check.Equal(1, pipes.CountOpen());
        first.Dispose();
        await first.DisposeAsync();
        Check.Equal(1, pipes.CountOpen());
        await second.DisposeAsync();
        Check.Equal(0, pipes.CountOpen());
        await second.DisposeAsync();
        second.Close();
        Check.Equal(0, pipes.CountOpen());
        Check.Throws<ObjectDisposedException>(() => first.ReadByte());
        Check.Throws<ObjectDisposedException>(() => Check.Wait(second.ReadAsync(new byte[1])));
        Check.Throws<ObjectDisposedException>(() => first.Flush());
        Check.Throws<ObjectDisposedException>(() => first.WriteByte(1));
    }

    private static async Task A_stream_is_for_one_call_at_a_time(IPipes pipes)
    {
        using var source = new CancellationTokenSource();
        await using Stream stream = pipes.Wait();
        Check.Equal(1, stream.ReadByte());
        ValueTask<int> reading = stream.ReadAsync(new byte[1], source.Token);
        Check.Throws<InvalidOperationException>(() => stream.ReadByte());
        Check.Throws<InvalidOperationException>(() => Check.Wait(stream.ReadAsync(new byte[1])));
        stream.Flush();
        await source.CancelAsync();
        Check.Throws<OperationCanceledException>(() => Check.Wait(reading));
        Check.True(stream.ReadAsync(new byte[1], source.Token).IsCanceled, "the next one is let in");
    }

    private static async Task Readers_of_NET_read_it(IPipes pipes)
    {
        Stream store = pipes.Store(true)!;
        await using (var writer = new StreamWriter(store, leaveOpen: true))
        {
            await writer.WriteAsync(string.Join('\n', Enumerable.Range(0, 5000)));
        }

        store.Position = 0;
        using (var reader = new StreamReader(store))
        {
            Check.Equal("0", reader.ReadLine());
            Check.Equal("1", await reader.ReadLineAsync());
            Check.True((await reader.ReadToEndAsync()).EndsWith("\n4999", StringComparison.Ordinal), "all lines are there");
        }

        Check.Equal(0, pipes.CountOpen());
    }
}
