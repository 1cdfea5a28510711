using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using NativePlugins.Contracts;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Calls typed contracts of a plugin in C and of one in C#, the bare function pointers of the same tables, and what .NET has
/// besides: a delegate and a COM interface; and the same proxy over a table that nothing guards. Prints the nanoseconds of a call, as <see cref="CallLoops"/> does.
/// </summary>
internal static unsafe partial class ContractLoops
{
    private const int WarmUp = 3;
    private const int Callbacks = 100;

    // test_work_2.add and test_types_1.mixed: the fields before the first slot are 40 bytes.
    private const int AddSlot = 40;
    private const int MixedSlot = 40 + (27 * 8);

    public static int Run(string cPlugin, string csharpPlugin, string comLibrary, int repetitions, int calls)
    {
        using var host = new PluginHost();
        Plugin c = host.Load(cPlugin), csharp = host.Load(csharpPlugin);
        var create = (delegate* unmanaged[Cdecl]<void*>)NativeLibrary.GetExport(NativeLibrary.Load(comLibrary), "create_com_add");
        var com = (IComAdd)new StrategyBasedComWrappers().GetOrCreateObjectForComInstance((nint)create(), CreateObjectFlags.None);
        (string Name, Func<int, double> Loop)[] contestants =
        [
            .. Of("c", c),
            .. Of("csharp", csharp),
            .. DataLoops.Of("c", c),
            .. DataLoops.Of("csharp", csharp),
            .. ObjectLoops.Of("c", c),
            .. ObjectLoops.Of("csharp", csharp),
            .. EventLoops.Of("c", c),
            .. EventLoops.Of("csharp", csharp),
            .. StreamLoops.Of("c", c),
            .. StreamLoops.Of("csharp", csharp),
            ("c.com", count => Com(com, count)),
            ("c.com_text_32", count => ComText(com, count)),
        ];
        for (int i = 0; i < repetitions + WarmUp; i++)
        {
            foreach ((string name, Func<int, double> loop) in contestants)
            {
                double nanoseconds = loop(Math.Max(1000, calls / 100));
                if (i >= WarmUp)
                {
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {nanoseconds:F4}"));
                }
            }
        }

        return 0;
    }

    private static IEnumerable<(string, Func<int, double>)> Of(string name, Plugin plugin)
    {
        IWork work = plugin.Get<IWork>();
        ITypes types = plugin.Get<ITypes>();
        PluginService raw = plugin.GetService("test.work/2"), rawTypes = plugin.GetService("test.types/1");
        IWork ungated = UngatedProxy.Of<IWork>(raw);
        byte[] small = new byte[1024], large = new byte[16 * 1024 * 1024];
        return
        [
            ($"{name}.add", count => Add(work, count)),
            ($"{name}.add_bare", count => AddBare(raw, count)),
            ($"{name}.add_ungated", count => AddUngated(ungated, count)),
            ($"{name}.add_leased", count => AddLeased(plugin, count)),
            ($"{name}.add_fast", count => AddFast(work, count)),
            ($"{name}.add_delegate", count => AddDelegate(raw, count)),
            ($"{name}.span_1k", count => Span(types, small, count)),
            ($"{name}.span_1k_bare", count => SpanBare(rawTypes, small, count)),
            ($"{name}.span_16m", count => Span(types, large, count)),
            ($"{name}.span_16m_bare", count => SpanBare(rawTypes, large, count)),
            ($"{name}.text_32", count => Text(types, count)),
            ($"{name}.callback", count => Callback(work, count)),
            ($"{name}.await", count => AwaitedLoop.Run(work, count).GetAwaiter().GetResult()),
        ];
    }

    private static double Time(int count, long start) => Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Add(IWork work, int count)
    {
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = work.Add(sum, 1);
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    // The same loop once more, on purpose. The JIT optimises a call for the class that it meets there: two classes in one loop would slow both.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AddUngated(IWork work, int count)
    {
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = work.Add(sum, 1);
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AddLeased(Plugin plugin, int count)
    {
        using PluginLease<IWork> work = plugin.Lease<IWork>();
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = work.Add(sum, 1);
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AddFast(IWork work, int count)
    {
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = work.AddFast(sum, 1);
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AddBare(PluginService service, int count)
    {
        using PluginServiceLease lease = service.Enter();
        var add = *(delegate* unmanaged[Cdecl]<void*, int, int, int*, void*, int>*)(lease.Table + AddSlot);
        void* context = *(void**)(lease.Table + 8);
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            int result;
            _ = add(context, sum, 1, &result, null);
            sum = result;
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AddDelegate(PluginService service, int count)
    {
        using PluginServiceLease lease = service.Enter();
        AddFunction add = Marshal.GetDelegateForFunctionPointer<AddFunction>(*(nint*)(lease.Table + AddSlot));
        nint context = *(nint*)(lease.Table + 8);
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            int result;
            _ = add(context, sum, 1, &result, 0);
            sum = result;
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Com(IComAdd com, int count)
    {
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = com.Add(sum, 1);
        }

        return Require(sum == count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double ComText(IComAdd com, int count)
    {
        const string Sent = "thirty-two bytes of text, no less";
        long start = Stopwatch.GetTimestamp();
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += com.EchoText(Sent[..32]).Length;
        }

        return Require(length == 32 * count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Span(ITypes types, byte[] bytes, int count)
    {
        long start = Stopwatch.GetTimestamp();
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += types.Mixed(bytes, "", 1, false, default);
        }

        return Require(sum == count * (bytes.Length + 1L)) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double SpanBare(PluginService service, byte[] bytes, int count)
    {
        using PluginServiceLease lease = service.Enter();
        var mixed = *(delegate* unmanaged[Cdecl]<void*, byte*, nuint, sbyte*, nuint, int, byte, int*, nuint, long*, void*, int>*)(lease.Table + MixedSlot);
        void* context = *(void**)(lease.Table + 8);
        long start = Stopwatch.GetTimestamp();
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            long result;
            fixed (byte* first = bytes)
            {
                _ = mixed(context, first, (nuint)bytes.Length, null, 0, 1, 0, null, 0, &result, null);
            }

            sum += result;
        }

        return Require(sum == count * (bytes.Length + 1L)) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Text(ITypes types, int count)
    {
        const string Sent = "thirty-two bytes of text, no less";
        long start = Stopwatch.GetTimestamp();
        int length = 0;
        for (int i = 0; i < count; i++)
        {
            length += types.EchoText(Sent[..32]).Length;
        }

        return Require(length == 32 * count) ? Time(count, start) : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Callback(IWork work, int count)
    {
        var sink = new Sink();
        int rounds = Math.Max(1, count / Callbacks);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < rounds; i++)
        {
            _ = work.Count(Callbacks, sink);
        }

        return Require(sink.Reports == rounds * Callbacks) ? Time(rounds * Callbacks, start) : 0;
    }

    private static bool Require(bool isRight) => isRight ? true : throw new InvalidOperationException("The plugin gives a wrong result.");

    private sealed class Sink : IProgressSink
    {
        public int Reports { get; private set; }

        public bool Report(double fraction, string stage)
        {
            Reports++;
            return true;
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int AddFunction(nint context, int a, int b, int* result, nint error);
}

/// <summary>The COM object of <c>tests/bench/peers/com_add.c</c>.</summary>
[GeneratedComInterface(StringMarshalling = StringMarshalling.Utf8)]
[Guid("6c1f3a52-9d0b-4b7e-8a41-0d5b0c7e2f10")]
internal partial interface IComAdd
{
    [PreserveSig]
    int Add(int a, int b);

    string EchoText(string text);
}
