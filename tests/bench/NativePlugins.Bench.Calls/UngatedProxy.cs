using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;
using NativePlugins.Host;

namespace NativePlugins.Bench.Calls;

/// <summary>A proxy as the generator makes it, straight to a plugin's table: what a call costs before there is a gate.</summary>
internal static class UngatedProxy
{
    /// <summary>Valid for as long as nobody stops the plugin.</summary>
    public static T Of<T>(PluginService service)
        where T : class, IPluginContract<T>
    {
        using PluginServiceLease lease = service.Enter();
        return T.CreateProxy<Link, Lease>(new Link(lease.Table), null, T.Descriptor.Minor);
    }

    private readonly struct Link(nint table) : IContractLink<Lease>
    {
        public nint ErrorSink => 0;

        public ContractSide Side => throw new NotSupportedException("No call is expected to fail.");

        public Lease Enter() => new(table);

        public IContractHold Hold() => throw new NotSupportedException("No call is asynchronous.");
    }

    private readonly ref struct Lease(nint table) : IContractLease
    {
        public nint Table => table;

        public nint Context => ContractTable.ContextOf(table);

        public void Dispose()
        {
        }
    }
}
