using System.Runtime.CompilerServices;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host;

/// <summary>The way from a proxy to a plugin's table: through the plugin's gate, and to the table that serves now.</summary>
internal readonly struct PluginContractLink(PluginService service, ContractSide side) : IContractLink<PluginServiceLease>
{
    public nint ErrorSink { get; } = ContractErrors.SinkFor(service);

    public ContractSide Side => side;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PluginServiceLease Enter() => service.Enter();

    public IContractHold Hold() => service.Hold();
}
