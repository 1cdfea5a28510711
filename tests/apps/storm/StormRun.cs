using System.Diagnostics;

namespace NativePlugins.Storm;

/// <summary>The whole of it: a short storm to warm up, a count, the storm, a count.</summary>
internal sealed class StormRun(StormFiles files, TimeSpan time, int seed)
{
    private const int Threads = 12;
    private const int HostCount = 5;
    private const int Shown = 20;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    // Longer than any deadline of the hosts: what takes that long does not end.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(3);

    // Idle threads are kept for ten seconds.
    private static readonly TimeSpan s_settle = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<string> _wrong = [];

    public StormFiles Files => files;

    public StormHost[] Hosts { get; } = new StormHost[HostCount];

    public int Execute()
    {
        files.Install();
        try
        {
            Blow(s_warmUp, seed: -1);
            SortedDictionary<string, int> before = Settle(null);
            (long done, long refused) = Blow(time, seed);
            SortedDictionary<string, int> after = Settle(before);
            string[] left = Census.Compare(before, after);
            Console.WriteLine($"seed {seed}, {time.TotalSeconds:0} s: {done:N0} operations of {Threads} threads on {HostCount} hosts, {refused:N0} refused as documented");
            Console.WriteLine(string.Join(", ", after.Select(item => $"{item.Key} {item.Value}")));
            Array.ForEach(left, Wrong);
        }
        finally
        {
            files.Dispose();
        }

        _wrong.Take(Shown).ToList().ForEach(text => Console.WriteLine($"wrong: {text}"));
        Console.WriteLine($"{_wrong.Count} wrong");
        return _wrong.Count == 0 ? 0 : 1;
    }

    public void Wrong(string text)
    {
        lock (_lock)
        {
            _wrong.Add(text);
        }
    }

    /// <summary>Puts a new host in a place, and returns the one that was there.</summary>
    public StormHost? Replace(int place) => Interlocked.Exchange(ref Hosts[place], new StormHost(files, place % 3));

    private (long Done, long Refused) Blow(TimeSpan length, int seed)
    {
        for (int i = 0; i < HostCount; i++)
        {
            Replace(i);
        }

        using var until = new CancellationTokenSource(length);
        StormThread[] storms = [.. Enumerable.Range(0, Threads).Select(i => new StormThread(this, (seed * Threads) + i))];
        Thread[] threads = [.. storms.Select(storm => new Thread(() => storm.Run(until.Token)))];
        Array.ForEach(threads, thread => thread.Start());
        foreach (Thread thread in threads)
        {
            while (!thread.Join(TimeSpan.FromSeconds(1)))
            {
                EndIfHung(storms);
            }
        }

        Array.ForEach(Hosts, host => host.Host.Dispose());
        return (storms.Sum(storm => storm.Count), storms.Sum(storm => storm.Refused));
    }

    private static void EndIfHung(StormThread[] storms)
    {
        string[] hung =
        [
            .. storms.Select(storm => storm.Current)
                .Where(current => current is not null && Stopwatch.GetElapsedTime(current.Value.Start) > s_hang)
                .Select(current => current!.Value.Name),
        ];
        if (hung.Length > 0)
        {
            Console.WriteLine($"wrong: these hang: {string.Join(", ", hung)}");
            Host.PluginHost.EndProcess(1);
        }
    }

    /// <summary>Counts when nothing changes any more; or as soon as it is as it was.</summary>
    private SortedDictionary<string, int> Settle(SortedDictionary<string, int>? before)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            SortedDictionary<string, int> now = Census.Take(files);
            bool isBack = before is null ? Host.ProcessTables.Count()["lifecycle threads"] == 0 : Census.Compare(before, now).Length == 0;
            if (isBack || Stopwatch.GetElapsedTime(start) > s_settle)
            {
                return now;
            }

            Thread.Sleep(200);
        }
    }
}
