using NativePlugins.Host.Heap;

namespace NativePlugins.Host.Tests.Heap;

/// <summary>Traces as the runtime's diagnostic port writes them, and as somebody else may.</summary>
public sealed class EventTraceTests
{
    // Two objects, of which one refers to the other; a handle to the first; the end of the collection.
    private static readonly byte[] s_trace = new TraceBytes().Add(
        (15, [.. TraceBytes.Int(1), 0, 0, .. TraceBytes.Long(7), .. new byte[17], .. "A\0\0\0"u8, .. TraceBytes.Int(0)]),
        (16, [.. TraceBytes.Count(1), .. Root(0x1000, kind: 2)]),
        (18, [.. TraceBytes.Count(2), .. Node(0x1000, 7, 1), .. Node(0x2000, 9, 0)]),
        (19, [.. TraceBytes.Count(1), .. Edge(0x2000)]),
        (2, new byte[10])).End();

    [Fact]
    public void Its_events_are_read_with_what_they_say()
    {
        HeapSnapshot heap = Read(s_trace)!;

        HeapPath path = heap.FindPath(heap.FindOf(9), without: -1)!;
        Assert.Equal((HeapRootKind.Handle, "A"), (path.Kind, Assert.Single(path.Types)));
    }

    [Fact]
    public void An_object_through_which_no_way_shall_lead_ends_the_search()
    {
        HeapSnapshot heap = Read(s_trace)!;

        Assert.Null(heap.FindPath(heap.FindOf(9), without: heap.FindOf(7)));
    }

    [Fact]
    public void A_longer_way_from_a_handle_says_more_than_a_shorter_one_from_a_thread()
    {
        HeapSnapshot heap = Read(new TraceBytes().Add(
            (16, [.. TraceBytes.Count(2), .. Root(0x2000, kind: 0), .. Root(0x1000, kind: 2)]),
            (18, [.. TraceBytes.Count(3), .. Node(0x1000, 7, 1), .. Node(0x2000, 8, 1), .. Node(0x3000, 9, 0)]),
            (19, [.. TraceBytes.Count(2), .. Edge(0x2000), .. Edge(0x3000)]),
            (2, new byte[10])).End())!;

        HeapPath path = heap.FindPath(heap.FindOf(9), without: -1)!;
        Assert.Equal((HeapRootKind.Handle, 2), (path.Kind, path.Types.Count));
    }

    [Fact]
    public void A_heap_of_which_events_are_missing_is_none() =>
        Assert.Null(Read(new TraceBytes().Add((18, [.. TraceBytes.Count(1), .. Node(0x1000, 7, 1)]), (2, new byte[10])).End()));

    [Fact]
    public void Wherever_it_breaks_off_it_is_refused()
    {
        for (int length = 0; length < s_trace.Length; length++)
        {
            Assert.ThrowsAny<IOException>(() => Read(s_trace[..length]));
        }
    }

    [Fact]
    public void Whichever_byte_is_another_it_is_refused_or_says_something_else()
    {
        for (int at = 0; at < s_trace.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
            {
                byte[] changed = [.. s_trace];
                changed[at] = value;
                Exception? e = Record.Exception(() => Search(Read(changed)));
                Assert.True(e is null or IOException or InvalidDataException, $"byte {at} as {value}: {e}");
            }
        }
    }

    private static void Search(HeapSnapshot? heap)
    {
        if (heap?.FindOf(9) is >= 0 and int node)
        {
            heap.FindPath(node, without: -1);
        }
    }

    private static HeapSnapshot? Read(byte[] trace) => HeapSnapshot.Read(new MemoryStream(trace), () => { });

    private static byte[] Root(long address, byte kind) => [.. TraceBytes.Long(address), kind, .. TraceBytes.Int(0), .. TraceBytes.Long(0)];

    private static byte[] Edge(long address) => [.. TraceBytes.Long(address), .. TraceBytes.Int(0)];

    private static byte[] Node(long address, long type, long edges) =>
        [.. TraceBytes.Long(address), .. TraceBytes.Long(24), .. TraceBytes.Long(type), .. TraceBytes.Long(edges)];
}
