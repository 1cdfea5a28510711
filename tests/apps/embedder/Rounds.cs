using System.Globalization;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>
/// Loads, runs and disposes of a plugin again and again, and prints what the process holds after the warm-up and at the
/// end: private memory, threads, handles, mappings.
/// </summary>
internal static class Rounds
{
    public static int Run(string library, int warmUp, int count, string[] arguments)
    {
        using var host = new PluginHost(new PluginHostOptions { Directories = { Path.GetDirectoryName(library)! } });
        // The console's first use opens handles and starts a thread.
        Console.WriteLine(library);
        Repeat(host, library, warmUp, arguments);
        Print("before");
        Repeat(host, library, count, arguments);
        Print("after");
        return 0;
    }

    private static void Repeat(PluginHost host, string library, int count, string[] arguments)
    {
        for (int i = 0; i < count; i++)
        {
            using Plugin plugin = host.Load(library);
            if (plugin.RunCommand(arguments, TextWriter.Null, TextWriter.Null) != 0)
            {
                throw new InvalidOperationException($"Round {i} ended with a status.");
            }
        }
    }

    private static void Print(string when)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Console.WriteLine(string.Join(' ',
            when,
            PrivateKilobytes(),
            Directory.GetDirectories("/proc/self/task").Length,
            Directory.GetFiles("/proc/self/fd").Length,
            File.ReadLines("/proc/self/maps").Count()));
    }

    // RssAnon: pages of files come and go as the system likes.
    private static long PrivateKilobytes() => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))["RssAnon:".Length..^" kB".Length],
        CultureInfo.InvariantCulture);
}
