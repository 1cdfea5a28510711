using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>Takes one result through an np_sink: a pointer to it, which is read before the callee's write returns. For generated code.</summary>
/// <typeparam name="T">The result.</typeparam>
/// <typeparam name="TRoot">How it crosses.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DataResult<T, TRoot> : ResultSink, IDisposable
    where TRoot : IDataRoot<T>
{
    private static readonly NativePool<DataResult<T, TRoot>> s_pool = new(() => new DataResult<T, TRoot>());

    [ThreadStatic]
    private static NativeShelf<DataResult<T, TRoot>>? t_shelf;

    private ContractSide _side = null!;
    private T _value = default!;
    private bool _isThere;
    private Exception? _refusal;

    private DataResult()
    {
    }

    /// <summary>Takes one for one call.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "For generated code, which knows the type.")]
    public static DataResult<T, TRoot> Rent(ContractSide side)
    {
        DataResult<T, TRoot> result = (t_shelf ??= new NativeShelf<DataResult<T, TRoot>>(s_pool)).Rent();
        result._side = side;
        result.Begin();
        return result;
    }

    /// <summary>Throws when what the callee has handed over was refused, be the call's status what it may.</summary>
    /// <param name="call">The contract and the member.</param>
    public void ThrowIfRefused(string call)
    {
        if (_refusal is not null)
        {
            ThrowRefusal(call);
        }
    }

    /// <summary>The result of a successful call.</summary>
    /// <param name="call">The contract and the member.</param>
    public T Take(string call)
    {
        if (!_isThere)
        {
            throw DataCalls.Fault(_side, call, "The call has succeeded, and has handed over no result.");
        }

        return _value;
    }

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        End();
        (_side, _value, _isThere, _refusal) = (null!, default!, false, null);
        (t_shelf ??= new NativeShelf<DataResult<T, TRoot>>(s_pool)).Return(this);
    }

    private protected override int Append(ReadOnlySpan<byte> piece)
    {
        if (_isThere || _refusal is not null)
        {
            return np.NP_E_INVALID_STATE;
        }

        try
        {
            _value = DataCalls.FromBytes<T, TRoot>(_side, piece);
            _isThere = true;
            return np.NP_OK;
        }
        catch (Exception e)
        {
            _refusal = e;
            return np.NP_E_INVALID_ARGUMENT;
        }
    }

    private void ThrowRefusal(string call)
    {
        if (_refusal is DataRuleException broken)
        {
            throw DataCalls.Fault(_side, call, broken.Message);
        }

        ExceptionDispatchInfo.Throw(_refusal!);
    }
}
