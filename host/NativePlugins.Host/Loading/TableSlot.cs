using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Calls;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>The way to a service by a table of functions in this process: through the plugin's gate to the table that serves now.</summary>
internal abstract class TableSlot : ServiceSlot
{
    private readonly ICallTarget _target;
    private readonly CallGate _gate;
    private OpenedService _service;
    private nint _table;

    private protected TableSlot(ICallTarget target, string id, OpenedService service, nint table)
        : base(id)
    {
        _target = target;
        _gate = target.Gate;
        _service = service;
        _table = table;
    }

    public override OpenedService Service => _service;

    /// <summary>Leads to another table from now on. Only while no call is inside that uses what the table before did not have.</summary>
    protected void Bind(OpenedService service, nint table)
    {
        _service = service;
        _table = table;
    }

    /// <summary>Makes the object that the application calls by a contract.</summary>
    /// <param name="side">Turns errors into exceptions.</param>
    /// <param name="turns">Keeps callers to one at a time, if the contract asks for that.</param>
    /// <param name="minor">The minor version that <see cref="OpenedService.Check"/> has found.</param>
    public T CreateProxy<T>(ContractSide side, ContractTurns? turns, int minor)
        where T : class, IPluginContract<T> =>
        T.CreateProxy<PluginContractLink, PluginServiceLease>(new PluginContractLink(this, side), turns, minor);

    /// <summary>Begins a lease for many calls by a contract.</summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public PluginLease<T> Lease<T>(BoundContract<T> contract)
        where T : class, IPluginContract<T>
    {
        if (!_gate.TryEnter(out CallLease call))
        {
            ThrowRefusal();
        }

        return new PluginLease<T>(new InProcessLease<T>(contract, _table, ContractErrors.SinkFor(this)), ref call.Count);
    }

    /// <summary>Begins a call.</summary>
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

    /// <summary>Begins a call that may end on another thread.</summary>
    /// <exception cref="PluginStateException">The plugin is not started.</exception>
    public PluginServiceHold Hold()
    {
        using PluginServiceLease lease = Enter();
        (HoldCount holds, int generation) = _target.Serving;
        return new PluginServiceHold(holds, generation, lease.Table);
    }

    [DoesNotReturn]
    private void ThrowRefusal() => throw _target.Refusal();
}
