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
    // Large enough that the loop around it costs nothing; small enough that the JIT soon has the method in its last tier.
    private const int Batch = 100_000;

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

        for (int i = 0; i < 3; i++)
        {
            Measure(contestants, calls);
        }

        for (int i = 0; i < repetitions; i++)
        {
            foreach ((string name, double nanoseconds) in Measure(contestants, calls))
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {nanoseconds:F4}"));
            }
        }

        return 0;
    }

    private static (string Name, double Nanoseconds)[] Measure((string Name, Func<int, int> Loop)[] contestants, int calls)
    {
        int batches = Math.Max(1, calls / Batch);
        return [.. contestants.Select(contestant => (contestant.Name, Time(contestant.Loop, batches)))];
    }

    private static double Time(Func<int, int> loop, int batches)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < batches; i++)
        {
            if (loop(Batch) != Batch)
            {
                throw new InvalidOperationException("The plugin cannot add.");
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / batches / Batch;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Bare(PluginService service, int count)
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
    private static int Hosted(PluginService service, int count)
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
