using NativePlugins.Contracts.Interop;

namespace NativePlugins.Sdk.Interop;

/// <summary>A table of the host's, until the instance is destroyed.</summary>
internal sealed class HostContract(HostTable host, string id, nint table) : IContractHold
{
    public nint ErrorSink { get; } = ContractErrors.SinkFor(host);

    public nint Table
    {
        get
        {
            ObjectDisposedException.ThrowIf(host.IsDetached, id);
            return table;
        }
    }

    public nint Context => ContractTable.ContextOf(Table);

    public ContractSide Side => host.Side;

    // The host's tables outlive the instance.
    void IDisposable.Dispose()
    {
    }
}

internal readonly struct HostContractLink(HostContract contract) : IContractLink<HostContractLease>
{
    public nint ErrorSink => contract.ErrorSink;

    public ContractSide Side => contract.Side;

    public HostContractLease Enter() => new(contract.Table);

    public IContractHold Hold()
    {
        _ = contract.Table;
        return contract;
    }
}

internal readonly ref struct HostContractLease(nint table) : IContractLease
{
    public nint Table { get; } = table;

    public nint Context => ContractTable.ContextOf(Table);

    public void Dispose()
    {
    }
}
