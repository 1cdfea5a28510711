// Runs the checks of typed contracts, compiled by NativeAOT: within the process, and on each plugin that is named. A line for
// each; the exit status is the number of those that failed.
using NativePlugins.ContractChecks;
using NativePlugins.Host;
using NativePlugins.TestContracts;
using NativePlugins.TestContracts.Geometry.Plane;

int failed = 0;
using (var types = new InProcess<ITypes>(new Types()))
{
    Run("in process", "Edges", () => TypeChecks.Edges.ToList().ForEach(sample => TypeChecks.RoundTrip(types.Proxy, sample)));
    Run("in process", "Random", () => TypeChecks.Random(20261122, 300).ToList().ForEach(sample => TypeChecks.RoundTrip(types.Proxy, sample)));
}

using (var work = new InProcess<IWork>(new Work()))
{
    foreach ((string name, Action<IWork> run) in WorkChecks.All)
    {
        Run("in process", name, () => run(work.Proxy));
    }
}

using (var settings = new InProcess<ISettings>(new Settings()))
{
    foreach ((string name, Action<ISettings> run) in SettingsChecks.All)
    {
        Run("in process", name, () => run(settings.Proxy));
    }
}

using (var settings = new InProcess<ISettings>(new Settings(), minor: 0))
{
    Run(
        "in process", nameof(SettingsChecks.A_property_that_the_other_side_does_not_know_runs_its_default_bodies),
        () => SettingsChecks.A_property_that_the_other_side_does_not_know_runs_its_default_bodies(settings.Proxy));
}

using (var shape = new InProcess<Shapes.IResizable>(new Shape()))
{
    foreach ((string name, Action<Shapes.IResizable> run) in ShapeChecks.All)
    {
        Run("in process", name, () => run(shape.Proxy));
    }
}

using (var tasks = new InProcess<ITasks>(new Tasks()))
{
    foreach ((string name, Action<ITasks> run) in TaskChecks.All)
    {
        Run("in process", name, () => run(tasks.Proxy));
    }
}

using (var values = new InProcess<IValues>(new ValueObject()))
{
    foreach ((string name, Action<IValues> run) in ValueChecks.All)
    {
        Run("in process", name, () => run(values.Proxy));
    }
}

using (var records = new InProcess<IRecords>(new Records()))
{
    foreach ((string name, Action<IRecords> run) in RecordChecks.All)
    {
        Run("in process", name, () => run(records.Proxy));
    }
}

using (var figures = new InProcess<IFigures>(new Figures()))
{
    foreach ((string name, Action<IFigures> run) in FigureChecks.All)
    {
        Run("in process", name, () => run(figures.Proxy));
    }
}

using (var exchange = new InProcess<IExchange>(new Exchange()))
{
    foreach ((string name, Action<IExchange> run) in ExchangeChecks.All)
    {
        Run("in process", name, () => run(exchange.Proxy));
    }
}

using (var archive = new InProcess<IArchive>(new Archive()))
{
    foreach ((string name, Action<IArchive> run) in ObjectChecks.All)
    {
        Run("in process", name, () => run(archive.Proxy));
    }
}

using (var callbacks = new InProcess<ICallbacks>(new Callbacks()))
{
    foreach ((string name, Action<ICallbacks> run) in CallbackChecks.All)
    {
        Run("in process", name, () => run(callbacks.Proxy));
    }
}

using (var signals = new InProcess<ISignals>(new Signals()))
{
    foreach ((string name, Action<ISignals> run) in EventChecks.All)
    {
        Run("in process", name, () => run(signals.Proxy));
    }
}

using (var streams = new InProcess<IStreams>(new Streams()))
{
    foreach ((string name, Action<IStreams> run) in StreamChecks.All)
    {
        Run("in process", name, () => run(streams.Proxy));
    }
}

using (var pipes = new InProcess<IPipes>(new Pipes()))
{
    foreach ((string name, Action<IPipes> run) in PipeChecks.All)
    {
        Run("in process", name, () => run(pipes.Proxy));
    }
}

using (var serial = new InProcess<ISerial>(new Serial()))
{
    Run("in process", nameof(SerialChecks.Calls_wait_for_each_other), () => SerialChecks.Calls_wait_for_each_other(serial.Proxy));
}

// What follows "--worker PATH" is isolated.
string? worker = args is ["--worker", string executable, ..] ? executable : null;
using PluginHost host = PluginChecks.Host(new Store(), worker);
foreach (string path in args.Skip(worker is null ? 0 : 2))
{
    Plugin plugin = host.Load(path);
    IReadOnlyDictionary<string, Action<Plugin>> checks = plugin.Description.Id.Split('_')[0] switch
    {
        "old" => PluginChecks.Old,
        "rogue" => RogueChecks.All.ToDictionary(check => check.Key, check => new Action<Plugin>(rogue => check.Value(rogue.Get<IRogue>()))),
        _ when plugin.Description.Id == ObjectRuleChecks.PluginId => ObjectRuleChecks.All,
        _ when plugin.Description.Id == EventRuleChecks.PluginId => EventRuleChecks.All,
        _ when plugin.Description.Id == StreamRuleChecks.PluginId => StreamRuleChecks.All,
        _ => worker is null ? PluginChecks.Of(plugin.Description.Id) : PluginChecks.Isolated,
    };
    foreach ((string name, Action<Plugin> run) in checks)
    {
        Run(plugin.Description.Id, name, () => run(plugin));
    }
}

return failed;

void Run(string where, string name, Action check)
{
    try
    {
        check();
        Console.WriteLine($"passed {where}: {name}");
    }
    catch (Exception e)
    {
        failed++;
        Console.WriteLine($"failed {where}: {name}: {e}");
    }
}
