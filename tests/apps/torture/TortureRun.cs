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
    private const int KibibytesPerContractedGeneration = 4096;

    // One of them for so many of the others: a generation in C# stays in memory.
    private const int ContractedShare = 4;
    private const int ContractUsers = 4;

    // What the threads of the callers leave in the host itself; it weighs when generations are few.
    private const int HostKibibytes = 4096;
    private const int FlatKibibytes = 2048;
    private const int FlatMappings = 16;

    // What calls by contracts use again rests first, and comes to be as they go on: 2.8 MiB in all after 280 generations, and 3.3 after 1,181.
    private const int RestingKibibytes = 2048;

    // The thread pool's own come with the load, and each brings two mappings. What a generation leaves would be more: one each is 40 in the shortest run.
    private const int FlatThreads = 24;
    private const int MappingsPerThread = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Violations _violations = new();
    private ContractedPlugin[] _contracted = [];
    private long[] _uses = [];
    private long[] _ended = [];
    private long _refused;

    public int Execute()
    {
        string folder = Directory.CreateTempSubdirectory("torture-").FullName;
        var clock = Stopwatch.StartNew();
        try
        {
            using (PluginHost host = Host(folder))
            {
                Run(host, folder);
            }

            Array.ForEach(_contracted, plugin => plugin.CheckEnded());
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

    private static PluginHost Host(string folder) => new(new PluginHostOptions
    {
        DrainDeadline = s_patience,
        LifecycleDeadline = s_patience,
        Reload = new PluginReloadOptions { StagingDirectory = folder, CallPatience = s_patience, LiveObjects = PluginLiveObjects.Invalidate },
    });

    private void Run(PluginHost host, string folder)
    {
        var c = new TorturedPlugin("C", host, options.CLibrary, folder, PluginRetiredImage.Unmapped, _violations);
        var csharp = new TorturedPlugin("C#", host, options.CSharpLibrary, folder, PluginRetiredImage.Resident, _violations);
        if (options is { ContractsInC: { } inC, ContractsInCSharp: { } inCSharp })
        {
            _contracted =
            [
                new ContractedPlugin("contracts in C", host, inC, folder, PluginRetiredImage.Unmapped, _violations),
                new ContractedPlugin("contracts in C#", host, inCSharp, folder, PluginRetiredImage.Resident, _violations),
            ];
            (_uses, _ended) = (new long[_contracted.Length], new long[_contracted.Length]);
        }

        ProcessMemory warm = Phase(
            "warm-up", c, csharp, () => Reload(c, Math.Min(WarmUp, options.CReloads)), () => Reload(csharp, Math.Min(WarmUp, options.CSharpReloads)));
        int contractedBefore = ContractedInCSharp;

        bool isCSharpDone = false;
        ProcessMemory together = Phase(
            "together", c, csharp,
            () => Reload(c, options.CReloads / 2, () => Volatile.Read(ref isCSharpDone)),
            () =>
            {
                Reload(csharp, options.CSharpReloads);
                Volatile.Write(ref isCSharpDone, true);
            });
        int generations = csharp.Reloads - Math.Min(WarmUp, options.CSharpReloads), contracted = ContractedInCSharp - contractedBefore;
        if (generations > 0)
        {
            long grown = together.Resident - warm.Resident;
            Console.WriteLine($"memory of a generation in C#: {grown / (generations + contracted):N0} KiB");
            _violations.Require(
                options.IsEmulated || grown <= (generations * KibibytesPerCSharpGeneration) + (contracted * KibibytesPerContractedGeneration) + HostKibibytes,
                $"{generations} generations in C# and {contracted} with contracts take {grown:N0} KiB, more than {KibibytesPerCSharpGeneration:N0} and {KibibytesPerContractedGeneration:N0} each");
        }

        int before = c.Reloads;
        ProcessMemory alone = Phase("C alone", c, csharp, () => ReloadUntilEnough(c, csharp), () => { });
        int threads = alone.Threads - together.Threads;
        string grew = $"{alone.Private - together.Private:N0} KiB, {alone.Mappings - together.Mappings} mappings and {threads} threads more after {c.Reloads - before:N0} generations in C";
        Console.WriteLine($"memory: {grew}");
        _violations.Require(
            (options.IsEmulated || alone.Private - together.Private <= FlatKibibytes + (_contracted.Length > 0 ? RestingKibibytes : 0))
                && alone.Mappings - together.Mappings <= FlatMappings + (Math.Max(threads, 0) * MappingsPerThread)
                && threads <= FlatThreads,
            $"memory is not flat: {grew}");
        c.Print();
        csharp.Print();
        for (int i = 0; i < _contracted.Length; i++)
        {
            _contracted[i].Print(_uses[i], _ended[i]);
        }
    }

    private int ContractedInCSharp => _contracted.Length == 0 ? 0 : _contracted[^1].Reloads;

    /// <summary>Calls from all threads until both are done with their reloads, then looks at state and memory.</summary>
    private ProcessMemory Phase(string name, TorturedPlugin c, TorturedPlugin csharp, Action reloadC, Action reloadCSharp)
    {
        using var until = new CancellationTokenSource();
        Caller[] callers = [.. Enumerable.Range(0, options.Threads).Select(i => new Caller(i, [c, csharp], options, _violations))];
        Thread[] threads = [.. callers.Select(caller => new Thread(() => caller.Run(until.Token)))];
        Array.ForEach(threads, thread => thread.Start());
        ContractUser[][] users = [.. _contracted.Select((plugin, p) => Enumerable.Range(0, ContractUsers).Select(i => new ContractUser((p * ContractUsers) + i, plugin, _violations)).ToArray())];
        Thread[] uses = [.. users.SelectMany(those => those).Select(user => new Thread(() => user.Run(until.Token)))];
        Array.ForEach(uses, thread => thread.Start());
        Thread[] reloads = [new Thread(() => reloadC()), new Thread(() => reloadCSharp()), .. ReloadContracted(c, csharp, until.Token)];
        Array.ForEach(reloads, thread => thread.Start());
        Array.ForEach(reloads[..2], thread => thread.Join());
        until.Cancel();
        Array.ForEach(reloads, Join);
        Array.ForEach(threads, Join);
        Array.ForEach(uses, Join);
        for (int i = 0; i < users.Length; i++)
        {
            _contracted[i].Trim();
            _contracted[i].CheckIdle();
            _uses[i] += users[i].Sum(user => user.Uses);
            _ended[i] += users[i].Sum(user => user.Ended);
        }

        SpinUntilNothingIsPending(c, csharp);
        _refused += callers.Sum(caller => caller.Refused);
        c.CheckState();
        csharp.CheckState();
        ProcessMemory memory = ProcessMemory.Measure();
        Console.WriteLine($"{name}: {c.Reloads:N0} and {csharp.Reloads:N0} reloads, {c.Calls + csharp.Calls:N0} calls; {memory}");
        return memory;
    }

    // Each as often as the other plugin of its language is, or less.
    private IEnumerable<Thread> ReloadContracted(TorturedPlugin c, TorturedPlugin csharp, CancellationToken until) =>
        _contracted.Zip([c, csharp], (plugin, pace) => new Thread(() =>
        {
            int begin = pace.Reloads, before = plugin.Reloads;
            while (!until.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(1)))
            {
                if (plugin.Reloads - before < (pace.Reloads - begin + ContractedShare - 1) / ContractedShare)
                {
                    plugin.Reload();
                }
            }
        }));

    private void ReloadUntilEnough(TorturedPlugin c, TorturedPlugin csharp)
    {
        Reload(c, options.CReloads);
        while (c.Calls + csharp.Calls < options.Calls && _violations.Count == 0)
        {
            Reload(c, c.Reloads + 1);
        }
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
