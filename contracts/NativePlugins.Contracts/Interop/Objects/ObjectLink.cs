using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>The way from a proxy to an object of the other side's that this side keeps. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Performance", "CA1815", Justification = "Two of these are never compared.")]
public readonly struct ObjectLink : IContractLink<ObjectLease>
{
    private readonly ObjectHandle _handle;

    internal ObjectLink(ObjectHandle handle)
    {
        _handle = handle;
        ErrorSink = ContractErrors.SinkFor(handle);
    }

    /// <inheritdoc/>
    public nint ErrorSink { get; }

    /// <inheritdoc/>
    public ContractSide Side => _handle.Reference.Owner.Side;

    /// <summary>The object's table, which is there as long as nobody has disposed of the object.</summary>
    internal nint Table => _handle.Reference.Table;

    /// <inheritdoc/>
    public ObjectLease Enter()
    {
        ObjectLease lease = _handle.Reference.Enter();
        GC.KeepAlive(_handle);
        return lease;
    }

    /// <inheritdoc/>
    public IContractHold Hold()
    {
        IContractHold hold = _handle.Reference.Hold();
        GC.KeepAlive(_handle);
        return hold;
    }

    /// <summary>Disposes of the object behind a proxy; does nothing for a proxy of anything else, which is not its user's to end.</summary>
    public static void Dispose<TLink>(TLink link)
    {
        if (link is ObjectLink { _handle: var handle })
        {
            handle.Dispose();
        }
    }

    /// <summary>The same where the end may take long.</summary>
    public static ValueTask DisposeAsync<TLink>(TLink link)
    {
        return link is ObjectLink { _handle: var handle } ? handle.DisposeAsync() : default;
    }
}

/// <summary>A call into an object of the other side's. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ObjectLease : IContractLease
{
    private readonly ObjectReference _reference;
    private readonly ref int _entered;

    internal ObjectLease(ObjectReference reference, ref int entered)
    {
        _reference = reference;
        _entered = ref entered;
    }

    /// <inheritdoc/>
    public nint Table => _reference.Table;

    /// <inheritdoc/>
    public nint Context => _reference.Context;

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        _reference.Leave();
        _reference.Owner.Leave(ref _entered);
    }
}

/// <summary>What only the proxy refers to: when it is collected, the object has been leaked.</summary>
internal sealed class ObjectHandle(ObjectReference reference) : IDisposable, IAsyncDisposable
{
    // A finalizer must not wait, and a release may.
    ~ObjectHandle() => ThreadPool.UnsafeQueueUserWorkItem(static leaked => leaked.Leak(), Reference, preferLocal: false);

    public ObjectReference Reference { get; } = reference;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Reference.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Reference.DisposeAsync();
    }
}

/// <summary>A call into an object of the other side's that may end on any thread.</summary>
internal sealed class ObjectHold(ObjectReference reference, IDisposable? kept) : IContractHold
{
    private int _isEnded;

    public nint Table => reference.Table;

    public nint Context => reference.Context;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            reference.Leave();
            kept?.Dispose();
        }
    }
}
