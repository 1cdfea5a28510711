using NativePlugins.Host;

namespace NativePlugins.Embedder;

/// <summary>
/// Eight threads throw and catch NullReferenceExceptions without a pause, half of them in two plugins, while more copies of the plugin
/// are loaded by two threads. A lost one ends the process.
/// </summary>
internal static class FaultsWhileLoading
{
    private const int Threads = 8;

    public static int Run(string library, int count)
    {
        using var host = new PluginHost();
        using var other = new PluginHost();
        Plugin[] first = [.. Fault.LoadCopies(host, library, 2)];
        using var stop = new CancellationTokenSource();
        int caught = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            if (i % 2 == 0 ? CatchForAWhile(stop.Token) : RunForAWhile(first[i / 2 % 2], stop.Token))
            {
                Interlocked.Increment(ref caught);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        var loader = new Thread(() => _ = Fault.LoadCopies(other, library, count / 2).Count());
        loader.Start();
        Plugin last = Fault.LoadCopies(host, library, count - (count / 2)).Last();
        loader.Join();
        stop.Cancel();
        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine($"threads that caught some and lost none: {caught}, loaded {PluginHost.ResidentImageCount}");
        Console.WriteLine($"itself: {Fault.CatchNullReference()}, first: {Fault.Run(first[0], "null-reference")}, last: {Fault.Run(last, "null-reference")}");
        return 0;
    }

    private static bool CatchForAWhile(CancellationToken stop)
    {
        long caught = 0;
        do
        {
            caught += Fault.CatchNullReference() == "caught" ? 1 : 0;
        }
        while (!stop.IsCancellationRequested);
        return caught > 0;
    }

    private static bool RunForAWhile(Plugin plugin, CancellationToken stop)
    {
        using var output = new StringWriter();
        plugin.RunCommand(["null-references"], output, output, stop);
        return output.ToString().Trim() == "some caught";
    }
}
