using NativePlugins.Abi;
using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.Torture;

/// <summary>A plugin whose objects, events and streams are in use while it is reloaded, which ends them.</summary>
internal sealed class ContractedPlugin
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly PluginRetiredImage _expectedEnd;
    private readonly Violations _violations;
    private readonly PluginService? _memory;
    private int _opened;
    private int _closed;

    public ContractedPlugin(string name, PluginHost host, string library, string folder, PluginRetiredImage expectedEnd, Violations violations)
    {
        Name = name;
        _expectedEnd = expectedEnd;
        _violations = violations;
        string installed = Path.Combine(folder, Path.GetFileName(library));
        File.Copy(library, installed);
        Plugin = host.Load(installed);
        Archive = Plugin.Get<IArchive>();
        Signals = Plugin.Get<ISignals>();
        Streams = Plugin.Get<IStreams>();
        Pipes = Plugin.Get<IPipes>();
        _memory = Plugin.TryGetService("np.memory/1", out PluginService? memory) ? memory : null;
    }

    public string Name { get; }

    public Plugin Plugin { get; }

    public IArchive Archive { get; }

    public ISignals Signals { get; }

    public IStreams Streams { get; }

    public IPipes Pipes { get; }

    public int Reloads { get; private set; }

    /// <summary>Replaces the plugin by the same build.</summary>
    public void Reload()
    {
        int next = Plugin.Generation + 1;
        try
        {
            PluginReload reload = Plugin.Reload();
            Reloads++;
            _violations.Require(
                reload.Retirement == new PluginRetirement(next - 1, _expectedEnd, null), $"{Name}: {reload.Retirement}");
        }
        catch (Exception e)
        {
            _violations.Add($"{Name}: the reload to generation {next} failed: {e}");
        }
    }

    /// <summary>A stream of this side's has begun, or ended.</summary>
    public void Change(int change)
    {
        if (change > 0)
        {
            Interlocked.Increment(ref _opened);
        }
        else
        {
            Interlocked.Increment(ref _closed);
        }
    }

    /// <summary>Lets the plugin give back what its own heap holds: this process's collector knows nothing of that.</summary>
    public unsafe void Trim()
    {
        if (_memory is not null)
        {
            using PluginServiceLease lease = _memory.Enter();
            var table = (np_memory*)lease.Table;
            _ = table->trim(table->context);
        }
    }

    /// <summary>Looks at what is left of objects, handlers and streams. Only while nobody uses any.</summary>
    public void CheckIdle()
    {
        _violations.Require(Plugin.LiveObjects == 0, $"{Name}: {Plugin.LiveObjects} objects are left");
        Require(() => Archive.CountOpen(), "sessions and cursors are open");
        Require(() => Streams.CountOpen(), "streams of items are open");
        Require(() => Pipes.CountOpen(), "streams of bytes are open");
        Require(() => Signals.CountHandlers(), "handlers are there");
    }

    /// <summary>Looks at what became of this side's streams. Only once the plugin has been disposed of.</summary>
    public void CheckEnded() => _violations.Require(_opened == _closed, $"{Name}: {_opened:N0} streams were given to it, and {_closed:N0} ended");

    public void Print(long uses, long ended)
    {
        _violations.Require(uses > 0, $"{Name}: its objects, events and streams were not used");
        Console.WriteLine($"{Name}: {uses:N0} objects, events and streams, {ended:N0} of them ended by one of {Reloads:N0} reloads; {_opened:N0} streams of the application's");
    }

    // What waits for its end without a thread may be a moment late.
    private void Require(Func<int> count, string what)
    {
        if (!SpinWait.SpinUntil(() => count() == 0, s_patience))
        {
            _violations.Add($"{Name}: {count()} {what}");
        }
    }
}
