using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NativePlugins.Host;

/// <summary>A service of a plugin's: a table of native functions behind an id.</summary>
/// <remarks>
/// The raw form, for who knows the table's C struct. A call takes a lease, so that the plugin cannot be stopped under it:
/// <code>
/// using PluginServiceLease lease = service.Enter();
/// var table = (my_table*)lease.Table;
/// table->function(table->context);
/// </code>
/// </remarks>
public sealed class PluginService
{
    private readonly Plugin _plugin;
    private readonly CallGate _gate;
    private readonly nint _table;

    internal PluginService(Plugin plugin, CallGate gate, string id, nint table)
    {
        _plugin = plugin;
        _gate = gate;
        _table = table;
        Id = id;
    }

    /// <summary>The service's id, <c>namespace.name/major</c>.</summary>
    public string Id { get; }

    /// <summary>
    /// What a table must fulfil to take this one's place; null when nothing relies on more than the id. It returns why
    /// the table cannot, or null when it can.
    /// </summary>
    internal Func<nint, PluginException?>? ContractCheck { get; set; }

    /// <summary>The size that the plugin states for the table, in bytes. Functions beyond it are absent.</summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public int TableSize
    {
        get
        {
            using PluginServiceLease lease = Enter();
            return (int)Math.Min(NativeInstance.SizeOf(_table), int.MaxValue);
        }
    }

    /// <summary>Begins a call: the table can be used until the lease is disposed of, on this thread.</summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PluginServiceLease Enter()
    {
        if (!_gate.TryEnter(out CallLease call))
        {
            ThrowNotStarted();
        }

        return new PluginServiceLease(call, _table);
    }

    [DoesNotReturn]
    private void ThrowNotStarted() => throw PluginFailures.NotStarted(_plugin);
}
