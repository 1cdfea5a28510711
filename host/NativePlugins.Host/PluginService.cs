using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NativePlugins.Host;

/// <summary>A service of a plugin's: a table of native functions behind an id.</summary>
/// <remarks>
/// The raw form, for who knows the table's C struct. A call takes a lease, so that the plugin is neither stopped nor
/// replaced under it:
/// <code>
/// using PluginServiceLease lease = service.Enter();
/// var table = (my_table*)lease.Table;
/// table->function(table->context);
/// </code>
/// There is one object for each id of a plugin. It never goes stale: after a reload it leads to the new generation.
/// All members may be used from any thread, several at once.
/// </remarks>
public sealed class PluginService
{
    private readonly PluginLifecycle _lifecycle;
    private readonly CallGate _gate;
    private nint _table;

    internal PluginService(PluginLifecycle lifecycle, string id, nint table)
    {
        _lifecycle = lifecycle;
        _gate = lifecycle.Gate;
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
            return (int)Math.Min(NativeInstance.SizeOf(lease.Table), int.MaxValue);
        }
    }

    /// <summary>
    /// Begins a call: the table can be used until the lease is disposed of, on this thread. Another call of the same
    /// plugin may begin another lease in it.
    /// </summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PluginServiceLease Enter()
    {
        if (!_gate.TryEnter(out CallLease call))
        {
            ThrowRefusal();
        }

        return new PluginServiceLease(call, _table);
    }

    /// <summary>
    /// Begins a call that may end on another thread: an asynchronous one, or one whose callbacks come later. Costs more
    /// than <see cref="Enter"/>.
    /// </summary>
    /// <returns>Keeps the plugin from being stopped and replaced until it is disposed of.</returns>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public PluginServiceHold Hold()
    {
        using PluginServiceLease lease = Enter();
        return new PluginServiceHold(_lifecycle.Current, lease.Table);
    }

    /// <summary>The table, for who sees to it that the generation stays.</summary>
    internal nint Table => _table;

    /// <summary>Leads to another generation's table from now on. Only while no call is inside.</summary>
    internal void Bind(nint table) => _table = table;

    [DoesNotReturn]
    private void ThrowRefusal() => throw _lifecycle.Refusal();
}
