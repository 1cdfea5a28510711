using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An asynchronous call as its caller sees it: what goes along stays valid until it completes. For generated code.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <typeparam name="TShape">How it crosses.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class AsyncCall<T, TShape> : ICompletable
    where TShape : IAsyncShape<T>
{
    // The callee completes the call on a thread of its own, which must not be kept by what the awaiting code does next.
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancellationToken;
    private readonly ContractSide _side;
    private readonly string _name;
    private readonly CompletionFrame _frame;
    private readonly LentToken _token;
    private readonly IContractHold _hold;
    private List<IDisposable>? _lent;
    private List<IHandOver>? _given;
    private int _isEnded;

    /// <summary>Begins a call.</summary>
    /// <param name="hold">What keeps the table; the call disposes of it.</param>
    /// <param name="side">The caller's side.</param>
    /// <param name="name">The contract and the member.</param>
    /// <param name="cancellationToken">The call's token.</param>
    public AsyncCall(IContractHold hold, ContractSide side, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hold);
        _hold = hold;
        _side = side;
        _name = name;
        _cancellationToken = cancellationToken;
        try
        {
            _token = new LentToken(cancellationToken);
        }
        catch
        {
            hold.Dispose();
            throw;
        }

        _frame = CompletionFrame.Rent(this);
    }

    /// <summary>Whether it is a call of a stream, which may fail with an <see cref="IOException"/>.</summary>
    internal bool IsOfStream { get; init; }

    /// <summary>The address of the table.</summary>
    public nint Table => _hold.Table;

    /// <summary>The first argument of the table's functions.</summary>
    public nint Context => _hold.Context;

    /// <summary>The address of the np_completion.</summary>
    public nint Completion => _frame.Native;

    /// <summary>The address of the np_cancellation, or 0.</summary>
    public nint Cancellation => _token.Native;

    /// <summary>The address of the table of an object of the caller's, until the call completes.</summary>
    public nint Lend<TContract>(TContract? target, string name, bool isOptional)
        where TContract : class, IPluginContract<TContract>
    {
        LentContract lent = LentContract.Of(target, _side, name, isOptional);
        (_lent ??= []).Add(lent);
        return lent.Table;
    }

    /// <summary>The address of the np_object of an object that is the callee's from when the function has returned NP_OK.</summary>
    public nint Give<TContract>(TContract? target, string name, bool isOptional)
        where TContract : class, IPluginContract<TContract>
    {
        var given = new GivenContract<TContract>(target, _side, name, isOptional);
        (_given ??= []).Add(given);
        return given.Native;
    }

    /// <summary>The address of memory of the caller's, which stays where it is until the call completes.</summary>
    public nint Pin<TItem>(ReadOnlyMemory<TItem> memory)
        where TItem : unmanaged
    {
        if (memory.IsEmpty)
        {
            return 0;
        }

        MemoryHandle handle = memory.Pin();
        (_lent ??= []).Add(handle);
        return (nint)handle.Pointer;
    }

    /// <summary>The function has returned.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="sink">The error sink that it was given.</param>
    public Task<T> Returned(int status, nint sink)
    {
        EndHandOvers(isKept: status == np.NP_OK);
        if (status != np.NP_OK && TryEnd())
        {
            Fail(_side.ToException(_name, ContractErrors.Take(sink, status), _cancellationToken, IsOfStream));
        }

        return _outcome.Task;
    }

    /// <summary>The function was not called.</summary>
    /// <param name="call">The call, if there is one yet.</param>
    /// <param name="exception">Why.</param>
    [SuppressMessage("Design", "CA1000", Justification = "For generated code.")]
    public static Task<T> NotCalled(AsyncCall<T, TShape>? call, Exception exception)
    {
        if (call is null)
        {
            return IsCancellation(exception, out CancellationToken token) ? Task.FromCanceled<T>(token) : Task.FromException<T>(exception);
        }

        call.EndHandOvers(isKept: false);
        if (call.TryEnd())
        {
            call.Fail(exception);
        }

        return call._outcome.Task;
    }

    int ICompletable.Complete(int status, ReadOnlySpan<byte> bytes, ContractError? error)
    {
        Exception? failure = null;
        T result = default!;
        int answer = np.NP_OK;
        try
        {
            if (status == np.NP_OK)
            {
                result = TShape.Read(_side, bytes);
            }
            else
            {
                error = (error ?? new ContractError(status, "", "", "")) with { Status = status };
                failure = _side.ToException(_name, error, _cancellationToken, IsOfStream);
            }
        }
        catch (DataRuleException e)
        {
            // What it was to hand over stays the other side's.
            failure = DataCalls.Fault(_side, _name, e.Message);
            answer = np.NP_E_INVALID_ARGUMENT;
        }
        catch (Exception e)
        {
            failure = e;
        }

        if (!TryEnd())
        {
            return np.NP_E_INVALID_STATE;
        }

        if (failure is null)
        {
            _outcome.SetResult(result);
        }
        else
        {
            Fail(failure);
        }

        return answer;
    }

    private void EndHandOvers(bool isKept)
    {
        if (_given is null)
        {
            return;
        }

        foreach (IHandOver given in _given)
        {
            if (isKept)
            {
                given.Keep();
            }

            given.Dispose();
        }
    }

    private void Fail(Exception failure)
    {
        if (IsCancellation(failure, out CancellationToken token))
        {
            _outcome.SetCanceled(token);
        }
        else
        {
            _outcome.SetException(failure);
        }
    }

    private static bool IsCancellation(Exception exception, out CancellationToken token)
    {
        token = exception is OperationCanceledException cancelled ? cancelled.CancellationToken : default;
        return token.IsCancellationRequested;
    }

    private bool TryEnd()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) != 0)
        {
            return false;
        }

        _frame.Return();
        _token.Dispose();
        if (_lent is not null)
        {
            foreach (IDisposable lent in _lent)
            {
                lent.Dispose();
            }
        }

        _hold.Dispose();
        return true;
    }
}
