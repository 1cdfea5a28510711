using System.Diagnostics;
using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>From a path to the end of a plugin's first command, once: the process is as fresh as the figure has to be.</summary>
internal static class LoadOnce
{
    public static int Run(string path)
    {
        using Stream output = Console.OpenStandardOutput();
        using Stream errorOutput = Console.OpenStandardError();

        // The first write to a stream costs more than later ones. An application has written before it loads a plugin, so this is not measured.
        output.Write([]);
        long start = Stopwatch.GetTimestamp();
        using var host = new PluginHost();
        Plugin plugin = host.Load(path);
        int status = plugin.RunCommand([], output, errorOutput);
        TimeSpan total = Stopwatch.GetElapsedTime(start);

        PluginTimings timings = plugin.Timings;
        Print("resolve", timings.Resolve);
        Print("verify", timings.Verify);
        Print("map", timings.Map);
        Print("start", timings.Start);
        Print("call", timings.LastCall);
        Print("total", total);
        return status;
    }

    private static void Print(string step, TimeSpan time) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step} {time.TotalNanoseconds:F0}"));
}
