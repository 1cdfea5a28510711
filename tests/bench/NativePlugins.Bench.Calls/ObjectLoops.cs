using System.Diagnostics;
using System.Runtime.CompilerServices;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>Objects of a plugin: one that is opened, called once and disposed of, and calls of one that stays.</summary>
internal static class ObjectLoops
{
    public static IEnumerable<(string, Func<int, double>)> Of(string name, Plugin plugin)
    {
        ISession session = plugin.Get<IArchive>().Open("bench");
        ICursor kept = session.Query(int.MaxValue);
        return
        [
            ($"{name}.object", count => OpenUseDispose(session, count)),
            ($"{name}.object_call", count => Call(kept, count)),
        ];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double OpenUseDispose(ISession session, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            using ICursor cursor = session.Query(1);
            _ = cursor.TryRead(out _);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Call(ICursor cursor, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            _ = cursor.TryRead(out _);
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }
}
