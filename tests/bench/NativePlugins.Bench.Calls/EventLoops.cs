using System.Diagnostics;
using System.Runtime.CompilerServices;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>Calls that call back: each raises an event with one handler, with none, or calls a delegate that it is lent.</summary>
internal static class EventLoops
{
    public static IEnumerable<(string, Func<int, double>)> Of(string name, Plugin plugin)
    {
        ISignals signals = plugin.Get<ISignals>();
        ICallbacks callbacks = plugin.Get<ICallbacks>();
        int heard = 0;
        Action<int> handler = value => heard += value;
        return
        [
            ($"{name}.event_unheard", count => Raise(signals, count)),
            ($"{name}.event", count =>
            {
                signals.Changed += handler;
                double cost = Raise(signals, count);
                signals.Changed -= handler;
                return cost;
            }),
            ($"{name}.delegate", count => Lend(callbacks, handler, count)),
        ];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Raise(ISignals signals, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            signals.Raise(i);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Lend(ICallbacks callbacks, Action<int> handler, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            callbacks.VisitAll(1, handler);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }
}
