using System.Diagnostics;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>Streams of a plugin's: an item of one, that came with others or alone, and bytes.</summary>
internal static class StreamLoops
{
    private const int Items = 1000;

    // The plugin in C has room for so many.
    private const int Singles = 16;
    private const int Block = 4096;

    public static IEnumerable<(string, Func<int, double>)> Of(string name, Plugin plugin)
    {
        IStreams streams = plugin.Get<IStreams>();
        IPipes pipes = plugin.Get<IPipes>();
        Stream store = pipes.Store(true)!;
        store.Write(new byte[Block]);
        byte[] block = new byte[Block];
        return
        [
            ($"{name}.item_batched", count => Batched(streams, count).GetAwaiter().GetResult()),
            ($"{name}.item_single", count => Single(streams, count).GetAwaiter().GetResult()),
            ($"{name}.read_4k", count => Read(store, block, count)),
            ($"{name}.read_4k_later", count => ReadLater(store, block, count).GetAwaiter().GetResult()),
        ];
    }

    private static async Task<double> Batched(IStreams streams, int count)
    {
        int rounds = Math.Max(1, count / Items), seen = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            await foreach (int _ in streams.Count(Items, -1).ConfigureAwait(false))
            {
                seen++;
            }
        }

        return Time(start, seen, rounds * Items);
    }

    // Each of these comes by a completion of its own.
    private static async Task<double> Single(IStreams streams, int count)
    {
        int rounds = Math.Max(1, count / Singles / 10), seen = 0;
        string[] names = [.. Enumerable.Repeat("", Singles)];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            await foreach (Person? _ in streams.NameAll(names)!.ConfigureAwait(false))
            {
                seen++;
            }
        }

        return Time(start, seen, rounds * Singles);
    }

    private static double Read(Stream store, byte[] block, int count)
    {
        int read = 0, rounds = count / 10;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            store.Position = 0;
            read += store.Read(block) / Block;
        }

        return Time(start, read, rounds);
    }

    private static async Task<double> ReadLater(Stream store, byte[] block, int count)
    {
        int read = 0, rounds = count / 100;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            store.Position = 0;
            read += await store.ReadAsync(block).ConfigureAwait(false) / Block;
        }

        return Time(start, read, rounds);
    }

    private static double Time(long start, int found, int expected) => found == expected
        ? Stopwatch.GetElapsedTime(start).TotalNanoseconds / expected
        : throw new InvalidOperationException("The plugin gives a wrong result.");
}
