namespace NativePlugins.Contracts.Interop;

/// <summary>A table that is the other side's, for as long as the call that brought it.</summary>
internal sealed class Borrowing : IContractHold
{
    private readonly string _contract;
    private nint _table;

    public Borrowing(string contract, ContractSide side, nint table)
    {
        _contract = contract;
        Side = side;
        _table = table;
        ErrorSink = ContractErrors.SinkFor(this);
    }

    public ContractSide Side { get; }

    public nint ErrorSink { get; }

    public nint Table
    {
        get
        {
            nint table = Volatile.Read(ref _table);
            ObjectDisposedException.ThrowIf(table == 0, this);
            return table;
        }
    }

    public nint Context => ContractTable.ContextOf(Table);

    public void End() => Volatile.Write(ref _table, 0);

    public override string ToString() => $"{_contract}, which was lent for the time of a call";

    // The caller's table outlives every call that was begun while it was lent: exports are never freed.
    void IDisposable.Dispose()
    {
    }
}

internal readonly struct BorrowedLink(Borrowing borrowing) : IContractLink<BorrowedLease>
{
    public nint ErrorSink => borrowing.ErrorSink;

    public ContractSide Side => borrowing.Side;

    public BorrowedLease Enter() => new(borrowing.Table);

    public IContractHold Hold()
    {
        _ = borrowing.Table;
        return borrowing;
    }
}

internal readonly ref struct BorrowedLease(nint table) : IContractLease
{
    public nint Table { get; } = table;

    public nint Context => ContractTable.ContextOf(Table);

    public void Dispose()
    {
    }
}
