using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>A call within a <see cref="PluginLease{T}"/>, which has nothing to end. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct LeasedCall : IContractLease
{
    internal LeasedCall(nint table) => Table = table;

    /// <summary>The address of the table, valid until the lease ends.</summary>
    public nint Table { get; }

    /// <inheritdoc/>
    public nint Context => ContractTable.ContextOf(Table);

    /// <summary>Does nothing.</summary>
    public void Dispose()
    {
    }
}
