using NativePlugins.Host;

namespace NativePlugins.Torture;

/// <summary>A plugin that is called and reloaded at the same time, and what its callers know of its calls.</summary>
internal sealed class TorturedPlugin
{
    private readonly InstalledLibrary _library;
    private readonly PluginRetiredImage _expectedEnd;
    private readonly Violations _violations;
    private readonly List<TimeSpan> _untilServing = [];
    private readonly List<TimeSpan> _gateClosed = [];
    private long _calls;
    private long _sum;
    private int _pending;

    public TorturedPlugin(string name, PluginHost host, string library, string folder, PluginRetiredImage expectedEnd, Violations violations)
    {
        Name = name;
        _expectedEnd = expectedEnd;
        _violations = violations;
        _library = new InstalledLibrary(library, folder);
        _library.Install(1);
        Plugin = host.Load(_library.Path);
        Service = Plugin.GetService(TortureTable.Id);
    }

    public string Name { get; }

    public Plugin Plugin { get; }

    public PluginService Service { get; }

    public int Reloads => _untilServing.Count;

    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Asynchronous calls that have not ended.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Replaces the plugin by the next generation.</summary>
    public void Reload()
    {
        int next = Plugin.Generation + 1;
        _library.Install(next);
        try
        {
            PluginReload reload = Plugin.Reload();
            _untilServing.Add(reload.Timings.UntilServing);
            _gateClosed.Add(reload.Timings.GateClosed);
            _violations.Require(reload.Generation == next, $"{Name}: generation {reload.Generation} instead of {next}");
            _violations.Require(
                reload.Retirement == new PluginRetirement(next - 1, _expectedEnd, null), $"{Name}: {reload.Retirement}");
        }
        catch (Exception e)
        {
            _violations.Add($"{Name}: the reload to generation {next} failed: {e}");
        }
    }

    public void Begun() => Interlocked.Increment(ref _pending);

    public void Ended() => Interlocked.Decrement(ref _pending);

    /// <summary>A call has returned that was made while this generation served.</summary>
    public void Check(int generation, int status, int value, TortureAnswer answer)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _sum, value);
        if (status != 0 || answer.FirstGeneration != generation || answer.LastGeneration != generation
            || answer.Sum != value + (1_000_000L * generation))
        {
            _violations.Add($"{Name}: a call of generation {generation} returned {status}, began in {answer.FirstGeneration}, ended in {answer.LastGeneration}, with {answer.Sum} for {value}");
        }
    }

    /// <summary>Compares what the plugin has counted with what its callers have. Only while nobody calls.</summary>
    public unsafe void CheckState()
    {
        TortureTotals totals;
        using (PluginServiceLease lease = Service.Enter())
        {
            var table = (TortureTable*)lease.Table;
            _ = table->GetTotals(table->Context, &totals);
        }

        var expected = new TortureTotals(_calls, _sum);
        _violations.Require(totals == expected, $"{Name}: the state is {totals}, and what was called {expected}");
    }

    public void Print()
    {
        Console.WriteLine($"{Name}: {_calls:N0} calls, {Reloads:N0} reloads");
        Print("until serving", _untilServing);
        Print("gate closed, with the calls' own length", _gateClosed);
    }

    private static void Print(string title, List<TimeSpan> times)
    {
        if (times.Count > 0)
        {
            TimeSpan[] sorted = [.. times.Order()];
            Console.WriteLine(
                $"  {title}: p50 {At(0.5):F2}, p95 {At(0.95):F2}, p99 {At(0.99):F2}, longest {At(1):F2} ms");
            double At(double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)].TotalMilliseconds;
        }
    }
}
