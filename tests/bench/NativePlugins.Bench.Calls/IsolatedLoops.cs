using System.Diagnostics;
using System.Globalization;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Calls the contracts of a plugin in a process of its own. Prints the median nanoseconds of a call, "add 1234.5", once for each repetition, and what else a
/// worker takes.
/// </summary>
internal static class IsolatedLoops
{
    private const int Callbacks = 100;

    // Long enough for both sides to sleep, and no longer.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(2);

    public static int Run(string worker, string library, string crashing, int repetitions, int calls)
    {
        using PluginHost host = Host(worker);
        Plugin plugin = host.Load(library);
        IWork work = plugin.Get<IWork>();
        ITypes types = plugin.Get<ITypes>();
        IRecords records = plugin.Get<IRecords>();
        byte[] large = new byte[1 << 20];
        var sink = new Sink();
        var person = new Person("Ada Lovelace", 36, "ada@example.org")
        {
            Mode = Mode.Fast, Born = new DateOnly(1815, 12, 10), Home = new Address("12 St James's Square", new Point(51.5, -0.1)), IsHere = true,
        };
        for (int i = -1; i < repetitions; i++)
        {
            void Print(string name, double value)
            {
                if (i >= 0)
                {
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:F1}"));
                }
            }

            Print("add", Median(calls, () => work.Add(1, 2)));
            Print("text_32", Median(calls, () => types.EchoText("thirty-two bytes of text, no les")));
            Print("record", Median(calls, () => records.EchoPerson(person)));
            Print("span_1m", Median(Math.Max(20, calls / 100), () => types.Mixed(large, "", 1, false, default)));
            Print("callback", Median(Math.Max(20, calls / Callbacks), () => work.Count(Callbacks, sink)) / Callbacks);
            Print("add_asleep", Median(100, () => work.Add(1, 2), () => Thread.Sleep(s_pause)));
            foreach (int threads in (int[])[2, 8])
            {
                Print($"add_{threads}", Together(threads, calls / threads, () => work.Add(1, 2)));
            }
        }

        PrintIdle();
        PrintStarts(host, library, crashing, repetitions);
        return 0;
    }

    private static PluginHost Host(string worker)
    {
        var options = new PluginHostOptions { AllowUntrustedDirectories = true, CheckManifest = false, Isolation = PluginIsolation.Process };
        options.Worker.Path = worker;
        options.Worker.ForwardStandardError = false;
        return new PluginHost(options);
    }

    /// <summary>The median of the calls, each measured by itself.</summary>
    private static double Median<T>(int count, Func<T> call, Action? before = null)
    {
        long[] times = new long[count];
        for (int i = 0; i < count; i++)
        {
            before?.Invoke();
            long start = Stopwatch.GetTimestamp();
            _ = call();
            times[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(times);
        return times[count / 2] * 1e9 / Stopwatch.Frequency;
    }

    /// <summary>The time of one call on one of several threads that call at once.</summary>
    private static double Together<T>(int threads, int calls, Func<T> call)
    {
        double[] medians = new double[threads];
        using var ready = new Barrier(threads);
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            ready.SignalAndWait();
            medians[index] = Median(calls, call);
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        return medians.Average();
    }

    /// <summary>The processor time of both processes while nothing is called, and what the worker has for itself.</summary>
    private static void PrintIdle()
    {
        int worker = OnlyChild();
        using Process own = Process.GetCurrentProcess(), other = Process.GetProcessById(worker);
        TimeSpan before = own.TotalProcessorTime + other.TotalProcessorTime;
        Thread.Sleep(s_idle);
        own.Refresh();
        other.Refresh();
        double busy = (own.TotalProcessorTime + other.TotalProcessorTime - before) / s_idle;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle {busy * 100:F3}"));
        long unshared = File.ReadLines($"/proc/{worker}/smaps_rollup").Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
        Console.Error.WriteLine($"memory {unshared}");
    }

    private static int OnlyChild() => Directory.EnumerateDirectories("/proc/self/task")
        .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
        .Single();

    private static void PrintStarts(PluginHost host, string library, string crashing, int repetitions)
    {
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using Plugin plugin = host.Load(library);
            _ = plugin.Get<IWork>().Add(1, 2);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start {Stopwatch.GetElapsedTime(start).TotalNanoseconds:F0}"));

            using Plugin other = host.Load(crashing);
            start = Stopwatch.GetTimestamp();
            try
            {
                other.RunCommand(["exit"], TextWriter.Null, TextWriter.Null);
            }
            catch (PluginCrashedException)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"death {Stopwatch.GetElapsedTime(start).TotalNanoseconds:F0}"));
            }
        }
    }

    private sealed class Sink : IProgressSink
    {
        public bool Report(double fraction, string stage) => true;
    }
}
