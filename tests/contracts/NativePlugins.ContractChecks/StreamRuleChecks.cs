using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What becomes of streams that misbehaving_streams.c gives, or does not treat as it must.</summary>
public static class StreamRuleChecks
{
    public const string PluginId = "misbehaving_streams";

    private const int InvalidArgument = -3;
    private const int InvalidState = -4;
    private const int InputOutput = -10;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<Plugin>> All { get; } = new Dictionary<string, Action<Plugin>>
    {
        [nameof(More_items_than_were_asked_for_are_a_fault)] = plugin => More_items_than_were_asked_for_are_a_fault(plugin.Get<IStreams>()),
        [nameof(Items_that_are_none_are_a_fault)] = plugin => Items_that_are_none_are_a_fault(plugin.Get<IStreams>()),
        [nameof(A_second_completion_is_refused)] = A_second_completion_is_refused,
        [nameof(What_never_completes_keeps_the_plugin_busy)] = What_never_completes_keeps_the_plugin_busy,
        [nameof(More_bytes_than_were_asked_for_are_a_fault)] = plugin => More_bytes_than_were_asked_for_are_a_fault(plugin.Get<IPipes>()),
        [nameof(A_number_of_bytes_that_is_none_is_a_fault)] = plugin => A_number_of_bytes_that_is_none_is_a_fault(plugin.Get<IPipes>()),
        [nameof(A_position_below_the_beginning_is_a_fault)] = plugin => A_position_below_the_beginning_is_a_fault(plugin.Get<IPipes>()),
        [nameof(A_read_that_is_not_accepted_fails)] = plugin => A_read_that_is_not_accepted_fails(plugin.Get<IPipes>()),
        [nameof(A_table_with_holes_is_a_fault)] = plugin => A_table_with_holes_is_a_fault(plugin.Get<IPipes>()),
        [nameof(What_is_wrong_with_a_call_of_the_applications_stream_is_said)] = plugin => What_is_wrong_with_a_call_of_the_applications_stream_is_said(plugin.Get<IPipes>()),
        [nameof(A_stream_that_comes_later_and_is_refused_stays_the_plugins)] = A_stream_that_comes_later_and_is_refused_stays_the_plugins,
        [nameof(An_object_of_another_contract_is_refused)] = An_object_of_another_contract_is_refused,
        [nameof(A_failure_at_the_end_of_the_applications_stream_is_one_of_input_and_output)] = plugin => A_failure_at_the_end_of_the_applications_stream_is_one_of_input_and_output(plugin.Get<IPipes>()),
        [nameof(A_stream_that_is_given_twice_ends_with_the_second_release)] = plugin => A_stream_that_is_given_twice_ends_with_the_second_release(plugin.Get<IPipes>()),
        [nameof(A_stream_that_was_released_is_not_there)] = plugin => A_stream_that_was_released_is_not_there(plugin.Get<IPipes>()),
    };

    private static void More_items_than_were_asked_for_are_a_fault(IStreams streams) => Fault(() => First(streams, 1), "257 items came at once; 256 at most were asked for");

    private static void Items_that_are_none_are_a_fault(IStreams streams)
    {
        Fault(() => First(streams, 5), "NULL");
        Fault(() => First(streams, 6), "result");
        Fault(() => First(streams, 7), "result was handed over with a size of 4");
    }

    private static void A_second_completion_is_refused(Plugin plugin)
    {
        IStreams streams = plugin.Get<IStreams>();
        Check.Equal(false, First(streams, 2));
        Check.Equal(InvalidState, streams.CountOpen());
        Check.Equal(false, First(streams, 4));
        Check.Equal(InvalidState, streams.CountOpen());
        using Stream stream = plugin.Get<IPipes>().Count(14, 0, -1);
        Check.Equal(0, Check.Wait(stream.ReadAsync(new byte[4])));
        Check.Equal(InvalidState, streams.CountOpen());
    }

    private static void What_never_completes_keeps_the_plugin_busy(Plugin plugin)
    {
        using Stream stream = plugin.Get<IPipes>().Count(15, 0, -1);
        Task<int> reading = stream.ReadAsync(new byte[4]).AsTask();
        Check.Throws<PluginBusyException>(plugin.Stop);
        Check.True(!reading.IsCompleted, "it is still waited for");
        Check.True(plugin.Get<IStreams>().Keep(null), "it completes now");
        Check.Throws<PluginFaultException>(() => Check.Wait(reading));

        IAsyncEnumerator<int> items = plugin.Get<IStreams>().Count(3, -1).GetAsyncEnumerator();
        Task<bool> moving = items.MoveNextAsync().AsTask();
        Check.Throws<PluginBusyException>(plugin.Stop);
        Check.True(plugin.Get<IStreams>().Keep(null), "it completes now");
        Check.Throws<PluginFaultException>(() => Check.Wait(moving));
        Check.Wait(items.DisposeAsync());
    }

    private static void More_bytes_than_were_asked_for_are_a_fault(IPipes pipes)
    {
        using Stream more = pipes.Count(1, 0, -1), most = pipes.Count(2, 0, -1), later = pipes.Count(11, 0, -1);
        Fault(() => more.ReadByte(), "it has read 2 bytes; 1 at most were asked for");
        Fault(() => Check.Wait(more.ReadAsync(new byte[10])), "it has read 11 bytes; 10 at most were asked for");
        Fault(() => most.ReadByte(), "18446744073709551615 bytes");
        Fault(() => Check.Wait(later.ReadAsync(new byte[10])), "it has read 11 bytes; 10 at most were asked for");
        Fault(() => Check.Wait(later.ReadAsync(new byte[10])), "it has read 11 bytes");
    }

    private static void A_number_of_bytes_that_is_none_is_a_fault(IPipes pipes)
    {
        using Stream half = pipes.Count(12, 0, -1), none = pipes.Count(13, 0, -1);
        Fault(() => Check.Wait(half.ReadAsync(new byte[10])), "completed with 4 bytes; 8 were expected");
        Fault(() => Check.Wait(none.ReadAsync(new byte[10])), "completed with 0 bytes; 8 were expected");
    }

    private static void A_position_below_the_beginning_is_a_fault(IPipes pipes)
    {
        using Stream stream = pipes.Count(3, 0, -1);
        Fault(() => stream.Seek(1, SeekOrigin.Begin), "its position is -1; 0 or more was expected");
        Fault(() => _ = stream.Length, "its length is -9223372036854775808; 0 or more was expected");
        Check.Throws<NotSupportedException>(() => stream.SetLength(1));
    }

    private static void A_read_that_is_not_accepted_fails(IPipes pipes)
    {
        using Stream stream = pipes.Count(16, 0, -1);
        Check.Equal("not accepted", Check.Throws<IOException>(() => Check.Wait(stream.ReadAsync(new byte[10]))).Message);
        Check.Equal(7, stream.ReadByte());
    }

    private static void A_table_with_holes_is_a_fault(IPipes pipes)
    {
        Fault(() => pipes.Count(20, 0, -1), "an object without release");
        Fault(() => pipes.Count(21, 0, -1), "Expected: a table of 88 bytes or more. Found: struct_size 16");
        Fault(() => pipes.Count(22, 0, -1), "Expected: read or write. Found: read is NULL");
        Fault(() => pipes.Count(23, 0, -1), "Expected: read beside read_async. Found: read is NULL");
        Fault(() => pipes.Count(24, 0, -1), "Expected: write beside flush. Found: write is NULL");
        Fault(() => pipes.Count(25, 0, -1), "Expected: get_length beside seek. Found: get_length is NULL");
        Fault(() => pipes.Count(26, 0, -1), "Expected: seek beside get_length. Found: seek is NULL");
    }

    private static void What_is_wrong_with_a_call_of_the_applications_stream_is_said(IPipes pipes)
    {
        var stream = new MemoryStream();
        stream.WriteByte(1);
        Check.True(pipes.Keep(stream), "it is kept");
        Wrong(31, "buffer is NULL, and its length is 4");
        Wrong(32, "count is NULL");
        Wrong(33, "data is NULL, and its length is 4");
        Wrong(34, "data has 18446744073709551615 elements");
        Wrong(35, "origin is 3; NP_SEEK_BEGIN, NP_SEEK_CURRENT or NP_SEEK_END was expected");
        Wrong(36, "position is NULL");
        Wrong(37, "length is NULL");
        Wrong(38, "value");
        Wrong(39, "no complete np_completion");
        Check.Throws<InvalidOperationException>(() => pipes.Count(40, 0, -1));
        Check.Equal(1L, stream.Length);
        pipes.DropKept();
        Check.True(!stream.CanRead, "it is closed");

        void Wrong(int how, string found)
        {
            string message = Check.Throws<ArgumentException>(() => pipes.Count(how, 0, -1)).Message;
            Check.True(message.Contains(found, StringComparison.Ordinal), $"'{found}' in: {message}");
        }
    }

    private static void A_stream_that_comes_later_and_is_refused_stays_the_plugins(Plugin plugin)
    {
        Fault(() => Check.Wait(plugin.Get<IPipes>().TryStoreLater(true)), "a table of 88 bytes or more");
        Check.Equal(InvalidArgument, plugin.Get<IStreams>().CountOpen());
    }

    private static void An_object_of_another_contract_is_refused(Plugin plugin)
    {
        IPipes pipes = plugin.Get<IPipes>();
        var stream = new MemoryStream([1, 2]);
        Check.True(pipes.Keep(stream), "the bytes are kept");
        Check.True(plugin.Get<IStreams>().Keep(None()), "the items are kept");
        Refused(41, "another object");
        Refused(42, "another object");
        _ = pipes.ReadKept();
        Check.Equal(1L, stream.Position);
        pipes.Count(43, 0, -1).Dispose();
        pipes.DropKept();

        void Refused(int how, string expected)
        {
            string message = Check.Throws<ArgumentException>(() => pipes.Count(how, 0, -1)).Message;
            Check.True(message.Contains(expected, StringComparison.Ordinal), $"'{expected}' in: {message}");
        }

        static async IAsyncEnumerable<string> None()
        {
            await Task.Yield();
            yield break;
        }
    }

    private static void A_failure_at_the_end_of_the_applications_stream_is_one_of_input_and_output(IPipes pipes)
    {
        Check.True(pipes.Keep(new CountingStream(1, 0, -2, _ => { })), "it is kept");
        PluginFaultException fault = Check.Throws<PluginFaultException>(pipes.DropKept);
        Check.Equal(InputOutput, fault.Remote?.Status);
    }

    private static void A_stream_that_is_given_twice_ends_with_the_second_release(IPipes pipes)
    {
        var stream = new MemoryStream([1, 2]);
        Check.True(pipes.Keep(stream), "it is kept");
        Check.True(pipes.Keep(stream), "it is kept again");
        pipes.DropKept();
        _ = pipes.ReadKept();
        Check.True(stream.CanRead, "it is still open");
        pipes.DropKept();
        Check.True(!stream.CanRead, "it is closed");
    }

    private static void A_stream_that_was_released_is_not_there(IPipes pipes)
    {
        int closed = 0;
        Check.True(pipes.Keep(new OwnStream(change => closed -= change)), "it is kept");
        pipes.DropKept();
        Check.Throws<InvalidOperationException>(pipes.DropKept);
        Check.Throws<InvalidOperationException>(() => pipes.ReadKept());
        Check.Equal(0, closed);
    }

    private static bool First(IStreams streams, int how)
    {
        return Check.Wait(Move());

        async Task<bool> Move()
        {
            await foreach (int _ in streams.Count(how, -1))
            {
                return true;
            }

            return false;
        }
    }

    private static void Fault(Action action, string found)
    {
        var fault = Check.Throws<PluginFaultException>(action);
        Check.True(fault.Message.Contains(found, StringComparison.Ordinal), $"'{found}' in: {fault.Message}");
    }
}
