using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <summary>What of this process the other side may use until a call ends: objects, and a token.</summary>
/// <param name="calls">The way to the other side.</param>
/// <param name="call">The contract and the member.</param>
internal sealed class Loan(ForwardedCalls calls, string call) : IDisposable
{
    private List<uint>? _tables;
    private BorrowedToken? _token;
    private CancellationTokenRegistration _registration;
    private int _isEnded;

    /// <summary>The contract and the member.</summary>
    public string Call => call;

    /// <summary>Lends an object, and writes how the other side calls it.</summary>
    /// <param name="message">The call.</param>
    /// <param name="table">The object's table, or 0.</param>
    /// <exception cref="SignatureException">Its contract has something that does not cross.</exception>
    public void Lend(MessageWriter message, nint table)
    {
        if (table == 0)
        {
            message.UInt32(0);
            return;
        }

        NativeTable lent = NativeTable.Lent(table);
        uint number = calls.Expose(lent);
        (_tables ??= []).Add(number);
        message.UInt32(number);
        message.Text(lent.Plan.Signature);
    }

    /// <summary>Lends an np_cancellation, or 0.</summary>
    public void LendToken(MessageWriter message, nint cancellation)
    {
        if (cancellation == 0)
        {
            message.UInt32(0);
            return;
        }

        uint number = calls.NextNumber();
        message.UInt32(number);
        _token = new BorrowedToken(cancellation);
        _registration = _token.Token.UnsafeRegister(_ => calls.Remote.Cancel(number, () => Volatile.Read(ref _isEnded) == 0), null);
    }

    /// <summary>Takes it all back. May be called again.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return;
        }

        _registration.Dispose();
        _token?.Dispose();
        foreach (uint table in _tables ?? [])
        {
            calls.Withdraw(table);
        }
    }
}
