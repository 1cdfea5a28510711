using System.Diagnostics;
using NativePlugins.Host;

namespace NativePlugins.Storm;

/// <summary>One thread of the storm: does one thing after another, as its random numbers say.</summary>
internal sealed class StormThread
{
    private static readonly string[] s_faults = ["", "", "", "", "create", "configuration", "start"];

    private readonly Random _random;
    private readonly StormRun _run;
    private readonly (string Name, int Weight, Action Do)[] _operations;
    private readonly int _weights;

    public StormThread(StormRun run, int seed)
    {
        _run = run;
        _random = new Random(seed);
        _operations =
        [
            ("load", 10, () => Load((host, library) => host.Load(library))),
            ("load, cancelled", 8, () => Load((host, library) => Cancelled(token => host.LoadAsync(library, token)))),
            ("run", 20, () => With(plugin => plugin.RunCommand(["a"], TextWriter.Null, TextWriter.Null, Token()))),
            ("stop", 4, () => With(plugin => plugin.Stop())),
            ("start", 6, () => With(plugin => plugin.Start())),
            ("reload", 6, () => With(plugin => plugin.Reload())),
            ("reload, cancelled", 6, () => With(plugin => Cancelled(plugin.ReloadAsync))),
            ("find a service", 4, () => With(plugin => plugin.TryGetService(Pick(["test.add/1", "np.command/1", "no.such/1"]), out _))),
            ("measure", 1, () => With(plugin => plugin.MeasureGenerations())),
            ("list", 1, () => Any().Host.List()),
            ("set a fault", 4, () => Any().SetFault(Pick(s_faults))),
            ("build", 2, run.Files.Build),
            ("dispose of a plugin", 6, () => With(plugin => plugin.Dispose())),
            ("dispose of a plugin later", 2, () => With(plugin => plugin.DisposeAsync().AsTask().Wait())),
            ("dispose of a host", 2, () => run.Replace(_random.Next(run.Hosts.Length))?.Host.Dispose()),
        ];
        _weights = _operations.Sum(operation => operation.Weight);
    }

    /// <summary>What it does at present, and since when: shows which operation hangs.</summary>
    public (string Name, long Start)? Current { get; private set; }

    public long Count { get; private set; }

    public long Refused { get; private set; }

    public void Run(CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            int at = _random.Next(_weights);
            (string name, _, Action act) = _operations.First(operation => (at -= operation.Weight) < 0);
            Current = (name, Stopwatch.GetTimestamp());
            try
            {
                act();
            }
            catch (Exception e)
            {
                Exception inner = e is AggregateException { InnerException: Exception only } ? only : e;
                Refused++;
                if (!StormExceptions.AreDocumented(name, inner))
                {
                    _run.Wrong($"{name} threw {inner}");
                }
            }

            Current = null;
            Count++;
        }
    }

    private StormHost Any() => _run.Hosts[_random.Next(_run.Hosts.Length)];

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    private void Load(Action<PluginHost, string> load)
    {
        StormHost host = Any();

        // Enough plugins for threads to meet at one, and about as many as real hosts have.
        if (host.Host.Plugins.Count < 8)
        {
            load(host.Host, Pick(host.Libraries));
        }
    }

    private void With(Action<Plugin> act)
    {
        IReadOnlyList<Plugin> plugins = Any().Host.Plugins;
        if (plugins.Count > 0)
        {
            act(plugins[_random.Next(plugins.Count)]);
        }
    }

    private CancellationToken Token() => _random.Next(4) == 0 ? new CancellationToken(canceled: true) : CancellationToken.None;

    private void Cancelled(Func<CancellationToken, Task> begin)
    {
        using var cancellation = new CancellationTokenSource();
        Task task = begin(cancellation.Token);
        Thread.SpinWait(_random.Next(60_000));
        cancellation.Cancel();
        task.GetAwaiter().GetResult();
    }
}
