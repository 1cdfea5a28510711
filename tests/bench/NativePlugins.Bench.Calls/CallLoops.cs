using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Calls <c>test.add/1</c> of a plugin in C and of one in C#, through the host and through the bare function pointer, in turn.
/// Prints the nanoseconds of a call: a line "c.host 7.21" for each contestant and repetition.
/// </summary>
internal static unsafe class CallLoops
{
    // Large enough that reading the clock costs nothing; small enough that the scheduler seldom takes the processor away in it,
    // and that the JIT soon has the method in its last tier.
    private const int Batch = 100_000;
    private const int WarmUp = 3;

    public static int Run(string cPlugin, string csharpPlugin, int repetitions, int calls)
    {
        using var host = new PluginHost();
        PluginService c = host.Load(cPlugin).GetService("test.add/1");
        PluginService csharp = host.Load(csharpPlugin).GetService("test.add/1");
        (string Name, Func<int, int> Loop)[] contestants =
        [
            ("c.bare", count => Bare(c, count)),
            ("c.host", count => Hosted(c, count)),
            ("csharp.bare", count => Bare(csharp, count)),
            ("csharp.host", count => Hosted(csharp, count)),
        ];

        for (int i = 0; i < repetitions + WarmUp; i++)
        {
            double[] nanoseconds = Repeat(contestants, Math.Max(1, calls / Batch));
            for (int j = 0; j < contestants.Length && i >= WarmUp; j++)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{contestants[j].Name} {nanoseconds[j]:F4}"));
            }
        }

        return 0;
    }

    /// <summary>The contestants' median batches. They take turns at each batch: what slows the machine down for a while meets all.</summary>
    private static double[] Repeat((string Name, Func<int, int> Loop)[] contestants, int batches)
    {
        double[][] times = [.. contestants.Select(_ => new double[batches])];
        for (int i = 0; i < batches; i++)
        {
            for (int j = 0; j < contestants.Length; j++)
            {
                times[j][i] = Time(contestants[j].Loop);
            }
        }

        return [.. times.Select(series => series.Order().ElementAt(batches / 2))];
    }

    private static double Time(Func<int, int> loop)
    {
        long start = Stopwatch.GetTimestamp();
        if (loop(Batch) != Batch)
        {
            throw new InvalidOperationException("The plugin cannot add.");
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Bare(PluginService service, int count)
    {
        using PluginServiceLease lease = service.Enter();
        var table = (TestAdd*)lease.Table;
        delegate* unmanaged[Cdecl]<void*, int, int, int> add = table->Add;
        void* context = table->Context;
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = add(context, sum, 1);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Hosted(PluginService service, int count)
    {
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            using PluginServiceLease lease = service.Enter();
            var table = (TestAdd*)lease.Table;
            sum = table->Add(table->Context, sum, 1);
        }

        return sum;
    }

    /// <summary>test_add of <c>tests/fixtures/test_add.h</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TestAdd
    {
        public readonly uint StructSize;
        public readonly uint Reserved;
        public readonly void* Context;
        public readonly delegate* unmanaged[Cdecl]<void*, int, int, int> Add;
    }
}
