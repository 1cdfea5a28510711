using System.Diagnostics;
using NativePlugins.Host;
using NativePlugins.Tests;

namespace NativePlugins.Embedder;

/// <summary>Prints each record of a plugin's log, and whether it joined the activity in which the plugin was called.</summary>
internal static class Trace
{
    public static int Run(string library)
    {
        using var activity = new Activity("call").SetIdFormat(ActivityIdFormat.W3C);
        using var loggers = new RecordingLoggers { OnRecord = record => Print(record, activity) };
        using var host = new PluginHost(new PluginHostOptions { LoggerFactory = loggers });
        Plugin plugin = host.Load(library);
        activity.Start();
        plugin.RunCommand(["log"], Console.Out, Console.Error);
        return 0;
    }

    private static void Print(LogRecord record, Activity expected)
    {
        if (record.Category.StartsWith("probe", StringComparison.Ordinal))
        {
            string line = record.Message.Split('\n')[0];
            Console.WriteLine($"{record.Category} {record.Level}: {line} ({(ReferenceEquals(record.Activity, expected) ? "joined" : "apart")})");
        }
    }
}
