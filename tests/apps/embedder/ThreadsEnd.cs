using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>Threads call a generation, wait until it is retired, call the next one, and end.</summary>
internal static class ThreadsEnd
{
    private const int Count = 16;

    public static int Run(string library, string staging)
    {
        using var host = new PluginHost(new PluginHostOptions { Reload = new PluginReloadOptions { StagingDirectory = staging } });
        Plugin plugin = host.Load(library);
        using var called = new CountdownEvent(Count);
        using var retired = new ManualResetEventSlim();
        int finished = 0;
        Thread[] threads = [.. Enumerable.Range(0, Count).Select(i => new Thread(() =>
        {
            plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
            called.Signal();
            retired.Wait();

            // Only every second thread calls the new generation; the others end with the old one as their last.
            if (i % 2 == 0)
            {
                plugin.RunCommand([], TextWriter.Null, TextWriter.Null);
            }

            Interlocked.Increment(ref finished);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        called.Wait();
        Console.WriteLine(plugin.Reload().Retirement!.Image);
        retired.Set();
        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine($"{finished} threads ended, generation {plugin.Generation}");
        return 0;
    }
}
