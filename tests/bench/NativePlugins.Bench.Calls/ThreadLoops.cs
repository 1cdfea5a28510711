using System.Diagnostics;
using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Calls a plugin from one thread, and from two at once, with and without the gate, in turn. Prints the nanoseconds of a call on each
/// thread: "host.2 4.6" for each contestant and repetition.
/// </summary>
internal static class ThreadLoops
{
    private const int WarmUp = 3;

    public static int Run(string library, int repetitions, int calls)
    {
        using var plugin = new BenchedPlugin(library);
        (string Name, Func<int, int> Loop)[] contestants =
        [
            ("bare", count => CallLoops.Bare(plugin.Service, count)),
            ("host", count => CallLoops.Hosted(plugin.Service, count)),
        ];
        for (int i = 0; i < repetitions + WarmUp; i++)
        {
            foreach ((string name, Func<int, int> loop) in contestants)
            {
                foreach (int threads in (int[])[1, 2])
                {
                    double nanoseconds = Time(loop, threads, calls);
                    if (i >= WarmUp)
                    {
                        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}.{threads} {nanoseconds:F4}"));
                    }
                }
            }
        }

        return 0;
    }

    /// <summary>From the moment in which all threads are there to the end of the last one.</summary>
    private static double Time(Func<int, int> loop, int threads, int calls)
    {
        using var ready = new Barrier(threads + 1);
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            ready.SignalAndWait();
            loop(calls);
        }))];
        Array.ForEach(callers, caller => caller.Start());
        ready.SignalAndWait();
        long start = Stopwatch.GetTimestamp();
        Array.ForEach(callers, caller => caller.Join());
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }
}
