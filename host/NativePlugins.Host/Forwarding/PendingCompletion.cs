using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <summary>An asynchronous call of the other side's function that has not completed yet.</summary>
internal sealed unsafe class PendingCompletion
{
    private readonly ForwardedCalls _calls;
    private readonly FunctionPlan _function;
    private readonly np_completion* _native;
    private readonly (nint Start, nuint Size)[] _written;
    private readonly Loan _loan;

    /// <summary>Begins to wait.</summary>
    /// <param name="calls">The way to the other side.</param>
    /// <param name="function">What is called.</param>
    /// <param name="native">The np_completion of who calls.</param>
    /// <param name="written">The memory that the callee writes in place until it completes.</param>
    /// <param name="loan">What goes along. It ends with the call.</param>
    public PendingCompletion(ForwardedCalls calls, FunctionPlan function, nint native, (nint Start, nuint Size)[] written, Loan loan)
    {
        (_calls, _function, _written, _loan) = (calls, function, written, loan);
        _native = (np_completion*)native;
        Number = calls.Expect(this);
    }

    public uint Number { get; }

    /// <summary>Whether the caller of this is the one who ends the call.</summary>
    public bool TryTake() => _calls.TryTake(Number);

    /// <summary>Completes the call, after <see cref="TryTake"/>.</summary>
    /// <param name="outcome">What the other side says. Nothing of it has been checked.</param>
    /// <returns>What the completion returns.</returns>
    /// <exception cref="MessageException">The outcome is none.</exception>
    public int Complete(ref MessageReader outcome)
    {
        NativeArena arena = NativeArena.Rent();
        try
        {
            int status = (int)outcome.UInt32();
            using var error = outcome.Flag() ? new ErrorText(status, outcome.Text(), outcome.Text(), outcome.Text()) : default;
            np_error_info info = error.Info;
            foreach ((nint start, nuint size) in _written)
            {
                outcome.Take(size).CopyTo(new Span<byte>((void*)start, (int)size));
            }

            byte* data = null;
            nuint length = 0;
            if (status == np.NP_OK && _function.ResultKind != ResultKind.None && outcome.Flag())
            {
                data = _function.ResultKind == ResultKind.Put
                    ? ValueReader.ReadPut(ref outcome, arena, _function.Result!, out length)
                    : ValueReader.ReadText(ref outcome, arena, out length);
            }

            outcome.End();
            return _native->complete(_native->context, status, data, length, info.struct_size == 0 ? null : &info);
        }
        finally
        {
            arena.Return();
            _loan.Dispose();
        }
    }

    /// <summary>Ends the call as one that has no outcome, after <see cref="TryTake"/>.</summary>
    public void Lose()
    {
        _ = _native->complete(_native->context, _calls.Remote.NoteLost(_loan.Call), null, 0, null);
        _loan.Dispose();
    }
}
