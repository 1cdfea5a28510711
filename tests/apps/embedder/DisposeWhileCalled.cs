using System.Collections.Concurrent;
using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Many threads run a plugin's command without a pause while another one disposes of the plugin.</summary>
internal static class DisposeWhileCalled
{
    private const int CallsBefore = 2000;

    public static int Run(string library, int count)
    {
        using var host = new PluginHost();
        Plugin plugin = host.Load(library);
        var ends = new ConcurrentBag<string>();
        using var enough = new CountdownEvent(CallsBefore);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() => ends.Add(CallUntilRefused(plugin, enough))))];
        Array.ForEach(threads, thread => thread.Start());
        enough.Wait();
        plugin.Dispose();
        Array.ForEach(threads, thread => thread.Join());
        foreach (var end in ends.GroupBy(end => end))
        {
            Console.WriteLine($"{end.Count()} {end.Key}");
        }

        Console.WriteLine(plugin.State);
        return 0;
    }

    private static string CallUntilRefused(Plugin plugin, CountdownEvent enough)
    {
        try
        {
            while (true)
            {
                plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
                if (!enough.IsSet)
                {
                    SignalOne(enough);
                }
            }
        }
        catch (PluginException e)
        {
            return e.GetType().Name;
        }
    }

    private static void SignalOne(CountdownEvent enough)
    {
        try
        {
            enough.Signal();
        }
        catch (InvalidOperationException)
        {
            // As many calls as are waited for have ended already; CountdownEvent takes no further one.
        }
    }
}
