using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Reloads a plugin again and again while threads call it without a pause. Prints for each reload the nanoseconds until the new
/// generation serves, "serving 2315000.0", and those for which the gate is closed, "closed 13500.0".
/// </summary>
internal static class ReloadLoops
{
    private const int WarmUp = 5;

    public static int Run(string library, int threads, int repetitions)
    {
        using var plugin = new BenchedPlugin(library);
        using var end = new CancellationTokenSource();
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() => Call(plugin.Service, end.Token)))];
        Array.ForEach(callers, caller => caller.Start());
        for (int i = 0; i < repetitions + WarmUp; i++)
        {
            PluginReloadTimings timings = plugin.Reload();
            if (i >= WarmUp)
            {
                Print("serving", timings.UntilServing);
                Print("closed", timings.GateClosed);
            }
        }

        end.Cancel();
        Array.ForEach(callers, caller => caller.Join());
        return 0;
    }

    private static void Call(PluginService service, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            CallLoops.Hosted(service, 1000);
        }
    }

    private static void Print(string name, TimeSpan time) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {time.TotalNanoseconds:F1}"));
}
