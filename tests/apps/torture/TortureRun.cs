using System.Diagnostics;
using NativePlugins.Host;

namespace NativePlugins.Torture;

/// <summary>
/// Three phases: a few reloads to warm up; both plugins together until the one in C# has done all of its; then the one in C alone,
/// so that its memory can be told from what generations in C# leave.
/// </summary>
internal sealed class TortureRun(TortureOptions options)
{
    private const int WarmUp = 5;
    private const int KibibytesPerCSharpGeneration = 2048;

    // What the threads of the callers leave in the host itself; it weighs when generations are few.
    private const int HostKibibytes = 4096;
    private const int FlatKibibytes = 2048;
    private const int FlatMappings = 16;
    private const int FlatThreads = 8;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Violations _violations = new();
    private long _refused;

    public int Execute()
    {
        string folder = Directory.CreateTempSubdirectory("torture-").FullName;
        var clock = Stopwatch.StartNew();
        try
        {
            using var host = new PluginHost(new PluginHostOptions
            {
                DrainDeadline = s_patience,
                LifecycleDeadline = s_patience,
                Reload = new PluginReloadOptions { StagingDirectory = folder, CallPatience = s_patience },
            });
            var c = new TorturedPlugin("C", host, options.CLibrary, folder, PluginRetiredImage.Unmapped, _violations);
            var csharp = new TorturedPlugin("C#", host, options.CSharpLibrary, folder, PluginRetiredImage.Resident, _violations);
            Run(c, csharp);
            Console.WriteLine($"calls from within one plugin refused by the other while it was replaced: {_refused:N0}");
            Console.WriteLine($"{options.Threads} threads, {clock.Elapsed.TotalSeconds:F1} s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        _violations.Print();
        return _violations.Count == 0 ? 0 : 1;
    }

    private void Run(TorturedPlugin c, TorturedPlugin csharp)
    {
        ProcessMemory warm = Phase(
            "warm-up", c, csharp, () => Reload(c, Math.Min(WarmUp, options.CReloads)), () => Reload(csharp, Math.Min(WarmUp, options.CSharpReloads)));

        bool isCSharpDone = false;
        ProcessMemory together = Phase(
            "together", c, csharp,
            () => Reload(c, options.CReloads / 2, () => Volatile.Read(ref isCSharpDone)),
            () =>
            {
                Reload(csharp, options.CSharpReloads);
                Volatile.Write(ref isCSharpDone, true);
            });
        int generations = csharp.Reloads - Math.Min(WarmUp, options.CSharpReloads);
        if (generations > 0)
        {
            long grown = together.Resident - warm.Resident;
            Console.WriteLine($"memory of a generation in C#: {grown / generations:N0} KiB");
            _violations.Require(
                grown <= (generations * KibibytesPerCSharpGeneration) + HostKibibytes,
                $"{generations} generations in C# take {grown:N0} KiB, more than {KibibytesPerCSharpGeneration:N0} each");
        }

        int before = c.Reloads;
        ProcessMemory alone = Phase("C alone", c, csharp, () => Reload(c, options.CReloads), () => { });
        string grew = $"{alone.Private - together.Private:N0} KiB, {alone.Mappings - together.Mappings} mappings and {alone.Threads - together.Threads} threads more after {c.Reloads - before:N0} generations in C";
        Console.WriteLine($"memory: {grew}");
        _violations.Require(
            alone.Private - together.Private <= FlatKibibytes
                && alone.Mappings - together.Mappings <= FlatMappings
                && alone.Threads - together.Threads <= FlatThreads,
            $"memory is not flat: {grew}");
        c.Print();
        csharp.Print();
    }

    /// <summary>Calls from all threads until both are done with their reloads, then looks at state and memory.</summary>
    private ProcessMemory Phase(string name, TorturedPlugin c, TorturedPlugin csharp, Action reloadC, Action reloadCSharp)
    {
        using var until = new CancellationTokenSource();
        Caller[] callers = [.. Enumerable.Range(0, options.Threads).Select(i => new Caller(i, [c, csharp], options.HasGate, _violations))];
        Thread[] threads = [.. callers.Select(caller => new Thread(() => caller.Run(until.Token)))];
        Array.ForEach(threads, thread => thread.Start());
        Thread[] reloads = [new Thread(() => reloadC()), new Thread(() => reloadCSharp())];
        Array.ForEach(reloads, thread => thread.Start());
        Array.ForEach(reloads, thread => thread.Join());
        until.Cancel();
        Array.ForEach(threads, Join);
        SpinUntilNothingIsPending(c, csharp);
        _refused += callers.Sum(caller => caller.Refused);
        c.CheckState();
        csharp.CheckState();
        ProcessMemory memory = ProcessMemory.Measure();
        Console.WriteLine($"{name}: {c.Reloads:N0} and {csharp.Reloads:N0} reloads, {c.Calls + csharp.Calls:N0} calls; {memory}");
        return memory;
    }

    private static void Reload(TorturedPlugin plugin, int total, Func<bool>? isEnough = null)
    {
        while (plugin.Reloads < total && isEnough?.Invoke() != true)
        {
            int before = plugin.Reloads;
            plugin.Reload();
            if (plugin.Reloads == before)
            {
                return;
            }
        }
    }

    private static void Join(Thread thread)
    {
        if (!thread.Join(s_patience))
        {
            Console.WriteLine("wrong: a call does not end");
            Environment.Exit(1);
        }
    }

    private static void SpinUntilNothingIsPending(params TorturedPlugin[] plugins)
    {
        if (!SpinWait.SpinUntil(() => Array.TrueForAll(plugins, plugin => plugin.Pending == 0), s_patience))
        {
            Console.WriteLine("wrong: an asynchronous call was lost");
            Environment.Exit(1);
        }
    }
}
