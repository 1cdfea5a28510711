using System.Runtime.CompilerServices;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Loading;

/// <summary>The way from a proxy to a plugin's table: through the plugin's gate to the table that serves now.</summary>
internal readonly struct PluginContractLink(TableSlot slot, ContractSide side) : IContractLink<PluginServiceLease>
{
    public nint ErrorSink { get; } = ContractErrors.SinkFor(slot);

    public ContractSide Side => side;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PluginServiceLease Enter() => slot.Enter();

    public IContractHold Hold() => slot.Hold();
}
