using NativePlugins.Contracts.Interop;
using NativePlugins.Host.Calls;

namespace NativePlugins.Host;

/// <summary>
/// One call into a plugin, from its beginning to <see cref="Dispose"/>. The plugin is not stopped while the lease is held. Hold it only for
/// the call, and not across an await.
/// </summary>
public readonly ref struct PluginServiceLease : IContractLease
{
    private readonly CallLease _call;

    internal PluginServiceLease(CallLease call, nint table)
    {
        _call = call;
        Table = table;
    }

    /// <summary>The address of the service's table, valid until <see cref="Dispose"/>.</summary>
    public nint Table { get; }

    /// <summary>The context of the table: the first argument of its functions.</summary>
    public nint Context => ContractTable.ContextOf(Table);

    /// <summary>Ends the call. To be called exactly once, on the thread that began it.</summary>
    public void Dispose() => _call.Dispose();
}
