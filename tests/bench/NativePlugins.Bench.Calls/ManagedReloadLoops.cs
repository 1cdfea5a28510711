using System.Globalization;
using System.Text;
using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>
/// Reloads a managed plugin that counts its runs again and again, while threads run its command without a pause. Prints for each reload the
/// nanoseconds until the new generation serves, "serving 2315000.0"; and at the end the runs that failed or were not counted, "lost 0", the
/// load contexts that did not go, "kept 0", and the resident memory in bytes after the first tenth of the reloads and after all, "resident 1".
/// </summary>
internal static class ManagedReloadLoops
{
    public static int Run(string assembly, int threads, int repetitions)
    {
        var options = new PluginHostOptions { AllowUntrustedDirectories = true, Reload = new PluginReloadOptions() };
        options.Development.AllowManaged = true;
        using var host = new PluginHost(options);
        Plugin plugin = host.Load(assembly);
        int kept = 0;
        plugin.Retired += (_, e) => kept += e.Retirement.Image == PluginRetiredImage.Unmapped ? 0 : 1;
        using var end = new CancellationTokenSource();
        long done = 0, failed = 0;
        Thread[] callers = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (!end.IsCancellationRequested)
            {
                Interlocked.Increment(ref CountRun(plugin) is null ? ref failed : ref done);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        int warmUp = repetitions / 10;
        for (int i = 0; i < warmUp + repetitions; i++)
        {
            if (i == warmUp)
            {
                Print("resident", ResidentBytes());
            }

            PluginReloadTimings timings = plugin.Reload().Timings;
            if (i >= warmUp)
            {
                Print("serving", timings.UntilServing.TotalNanoseconds);
            }
        }

        Print("resident", ResidentBytes());
        end.Cancel();
        Array.ForEach(callers, caller => caller.Join());
        Print("runs", done);
        Print("lost", failed + Math.Abs(done + 1 - CountRun(plugin) ?? done));
        Print("kept", kept);
        return 0;
    }

    /// <summary>Runs the command, which prints how often it has run; null if it fails.</summary>
    private static long? CountRun(Plugin plugin)
    {
        using var output = new MemoryStream();
        try
        {
            return plugin.RunCommand([], output, output) == 0
                && Encoding.UTF8.GetString(output.ToArray()).Split(' ', '\n') is ["run", string number, ..]
                ? long.Parse(number, CultureInfo.InvariantCulture)
                : null;
        }
        catch (PluginException)
        {
            return null;
        }
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static void Print(string name, double value) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:F1}"));
}
