using System.Diagnostics;
using NativePlugins.TestContracts;

namespace NativePlugins.Bench.Calls;

/// <summary>The loop that awaits: an await cannot stand in an unsafe class.</summary>
internal static class AwaitedLoop
{
    public static async Task<double> Run(IWork work, int count)
    {
        long start = Stopwatch.GetTimestamp();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum = await work.AddLater(sum, 1, false).ConfigureAwait(false);
        }

        return sum == count
            ? Stopwatch.GetElapsedTime(start).TotalNanoseconds / count
            : throw new InvalidOperationException("The plugin gives a wrong result.");
    }
}
