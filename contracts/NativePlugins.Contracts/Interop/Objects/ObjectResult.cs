using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An object that a call returns, and that the caller keeps. For generated code.</summary>
/// <typeparam name="T">Its contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ObjectResult<T> : ResultSink, IDisposable
    where T : class, IPluginContract<T>
{
    private static readonly NativePool<ObjectResult<T>> s_pool = new(() => new ObjectResult<T>());

    [ThreadStatic]
    private static NativeShelf<ObjectResult<T>>? t_shelf;

    private ContractSide _side = null!;
    private ObjectReference? _reference;
    private object? _proxy;
    private bool _isThere;
    private DataRuleException? _refusal;

    private ObjectResult()
    {
    }

    /// <summary>Takes one for one call.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "For generated code, which knows the type.")]
    public static ObjectResult<T> Rent(ContractSide side)
    {
        ObjectResult<T> result = (t_shelf ??= new NativeShelf<ObjectResult<T>>(s_pool)).Rent();
        result._side = side;
        result.Begin();
        return result;
    }

    /// <summary>Throws when what the callee has handed over was refused, be the call's status what it may.</summary>
    /// <param name="call">The contract and the member.</param>
    public void ThrowIfRefused(string call)
    {
        if (_refusal is { } refusal)
        {
            throw DataCalls.Fault(_side, call, refusal.Message);
        }
    }

    /// <summary>The result of a successful call; null if it was NULL.</summary>
    /// <param name="call">The contract and the member.</param>
    /// <param name="isOptional">Whether it may be NULL.</param>
    public T? Take(string call, bool isOptional)
    {
        if (!_isThere || (_reference is null && !isOptional))
        {
            throw DataCalls.Fault(_side, call, _isThere ? "result is NULL." : "The call has succeeded, and has handed over no result.");
        }

        T? proxy = _reference?.Proxy<T>();
        _reference = null;
        return proxy;
    }

    /// <summary>Ends the call. What nobody has taken is released.</summary>
    public void Dispose()
    {
        End();
        _reference?.Discard();
        (_side, _reference, _proxy, _isThere, _refusal) = (null!, null, null, false, null);
        (t_shelf ??= new NativeShelf<ObjectResult<T>>(s_pool)).Return(this);
    }

    private protected override int Append(ReadOnlySpan<byte> piece)
    {
        if (_isThere || _refusal is not null)
        {
            return np.NP_E_INVALID_STATE;
        }

        try
        {
            fixed (byte* native = piece)
            {
                _reference = native == null ? null
                    : _side.Objects.Received.Take((nint)native, (nuint)piece.Length, T.Descriptor, "result", isHandOver: false, out _proxy);
            }

            _isThere = true;
            return np.NP_OK;
        }
        catch (DataRuleException e)
        {
            _refusal = e;
            return np.NP_E_INVALID_ARGUMENT;
        }
    }
}

/// <summary>How an object that comes later crosses: by the pointer of an np_completion. For generated code.</summary>
/// <typeparam name="T">Its contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly struct ObjectShape<T> : IAsyncShape<T>
    where T : class, IPluginContract<T>
{
    /// <inheritdoc/>
    public static T Read(ContractSide side, ReadOnlySpan<byte> bytes) =>
        OptionalObjectShape<T>.Read(side, bytes) ?? throw new DataRuleException("result is NULL.");

    /// <inheritdoc/>
    public static int Send(ContractSide side, nint completion, T result) => OptionalObjectShape<T>.Send(
        side, completion, result ?? throw new InvalidOperationException("The result is null, which the contract does not allow."));
}

/// <summary>The same where there may be none. For generated code.</summary>
/// <typeparam name="T">Its contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1000", Justification = "Called through a type parameter.")]
[SuppressMessage("Performance", "CA1815", Justification = "Has no values.")]
public readonly unsafe struct OptionalObjectShape<T> : IAsyncShape<T?>
    where T : class, IPluginContract<T>
{
    /// <inheritdoc/>
    public static T? Read(ContractSide side, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(side);
        fixed (byte* native = bytes)
        {
            if (native == null)
            {
                return null;
            }

            ObjectReference reference = side.Objects.Received.Take(
                (nint)native, (nuint)bytes.Length, T.Descriptor, "result", isHandOver: false, out object? known);
            T proxy = reference.Proxy<T>();
            GC.KeepAlive(known);
            return proxy;
        }
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "The end of an object may throw anything.")]
    public static int Send(ContractSide side, nint completion, T? result)
    {
        ArgumentNullException.ThrowIfNull(side);
        if (result is null)
        {
            return AsyncAnswer.Complete(completion, []);
        }

        GivenObject given = GivenObject.OfResult(side, 0, result);
        var native = (np_completion*)completion;
        int status = native->complete(native->context, np.NP_OK, (void*)given.Native, (nuint)sizeof(np_object), null);
        try
        {
            given.End(status);
        }
        catch (Exception e)
        {
            // The call has completed, and nobody waits for this.
            side.Objects.OnReleaseFailed(T.Descriptor.ServiceId, e);
        }

        return status;
    }
}
