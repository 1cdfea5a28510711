using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>
/// One object of the other side's. It is released exactly once, with as many releases as it was handed over: by whoever ends its use, or, if
/// calls are in flight, by the last of them.
/// </summary>
internal sealed partial class ObjectReference(ContractObjects owner, ContractDescriptor contract, in np_object native, int minor)
{
    /// <summary>Its user has disposed of it, or was collected.</summary>
    public const int Closed = 1;

    /// <summary>Its instance has ended.</summary>
    public const int Ended = 2;

    /// <summary>Somebody releases it, or has.</summary>
    public const int Claimed = 4;

    private const int OneCall = 8;

    private readonly np_object _native = native;
    private readonly object _proxyLock = new();
    private WeakReference<object>? _proxy;
    private TaskCompletionSource? _idle;
    private int _references = 1;
    private int _unwanted;

    // The flags above, and the calls in flight times OneCall.
    private int _state;

    public ContractDescriptor Contract => contract;

    public ContractObjects Owner => owner;

    public unsafe (nint Context, nint Table, ContractDescriptor Contract) Key => ((nint)_native.context, (nint)_native.table, contract);

    public unsafe nint Context => (nint)_native.context;

    public unsafe nint Table => (nint)_native.table;

    /// <summary>Whether it is a stream of bytes, which may fail with an <see cref="IOException"/>.</summary>
    public bool IsStream => contract == StreamTable.Descriptor;

    /// <summary>Whether it is a handler of an event, which nobody uses but that.</summary>
    public bool IsHandler { get; init; }

    public bool HasEnded => (Volatile.Read(ref _state) & (Closed | Ended)) != 0;

    /// <summary>Whether it is what was handed over by another np_object.</summary>
    public unsafe bool Is(in np_object other) => _native.context == other.context && _native.table == other.table;

    /// <summary>The proxy: the one that there is, or a new one.</summary>
    public T Proxy<T>()
        where T : class, IPluginContract<T>
    {
        lock (_proxyLock)
        {
            if (_proxy is not null && _proxy.TryGetTarget(out object? known))
            {
                return (T)known;
            }

            T proxy = T.CreateProxy<ObjectLink, ObjectLease>(new ObjectLink(new ObjectHandle(this)), ContractTurns.For(contract), minor);
            _proxy = new WeakReference<object>(proxy);
            return proxy;
        }
    }

    /// <summary>Counts another hand-over. False if the use has ended, or is about to: the proxy was collected. Under the list's lock.</summary>
    public bool TryAddReference(out object? proxy)
    {
        proxy = null;
        if (HasEnded || (_proxy is not null && !_proxy.TryGetTarget(out proxy)))
        {
            return false;
        }

        _references++;
        return true;
    }

    /// <summary>Takes a hand-over back that was not over yet; true if there is none left. Under the list's lock.</summary>
    public bool RemoveReference() => (Volatile.Read(ref _state) & Claimed) == 0 && --_references == 0;

    /// <summary>Counts a hand-over that nobody wants; true if that goes for all of them. Under the list's lock.</summary>
    public bool AddUnwanted() => ++_unwanted == _references;

    /// <summary>Keeps the object from being released, until <see cref="Leave"/>: it is not sure yet that it will be this side's.</summary>
    public void BeginHandOver() => Interlocked.Add(ref _state, OneCall);

    /// <summary>Nobody wants what was taken over: releases it, unless somebody has it from before.</summary>
    public void Discard()
    {
        lock (_proxyLock)
        {
            if (_proxy is not null || !owner.Received.CloseUnwanted(this))
            {
                return;
            }
        }

        ReleaseUnwatched();
    }

    /// <summary>Sets flags; true for the first who ends the use. Under the list's lock.</summary>
    public bool End(int flags) => (Interlocked.Or(ref _state, flags) & (Closed | Ended)) == 0;

    /// <summary>Begins a call on the current thread.</summary>
    public ObjectLease Enter()
    {
        ref int entered = ref owner.Enter();
        if (!TryBegin())
        {
            owner.Leave(ref entered);
            ThrowEnded();
        }

        return new ObjectLease(this, ref entered);
    }

    /// <summary>Begins a call that may end on any thread.</summary>
    public IContractHold Hold()
    {
        using ObjectLease lease = Enter();
        return Hold(owner.Hold());
    }

    /// <summary>Ends a call. The last one after the end of the use releases the object, within the call.</summary>
    public void Leave()
    {
        int state = Interlocked.Add(ref _state, -OneCall);
        if (state < OneCall && (state & (Closed | Ended)) != 0)
        {
            TaskCompletionSource? idle = Volatile.Read(ref _idle);
            idle?.TrySetResult();

            // Who waits for this in order to finish the object may not call any more once its instance has ended.
            if ((idle is null || (state & Ended) != 0) && TryClaim() && Release() is { } failure)
            {
                owner.OnReleaseFailed(contract.ServiceId, failure);
            }
        }
    }

    /// <summary>Whether the caller is the one who releases the object: nobody else does, and no call is in flight.</summary>
    public bool TryClaim()
    {
        // Another thread may set a flag meanwhile, and then leaves the release to this one.
        int state = Volatile.Read(ref _state);
        while (state < OneCall && (state & Claimed) == 0)
        {
            int before = Interlocked.CompareExchange(ref _state, state | Claimed, state);
            if (before == state)
            {
                return true;
            }

            state = before;
        }

        return false;
    }

    private bool TryBegin()
    {
        int state = Volatile.Read(ref _state);
        while ((state & (Closed | Ended)) == 0)
        {
            int before = Interlocked.CompareExchange(ref _state, state + OneCall, state);
            if (before == state)
            {
                return true;
            }

            state = before;
        }

        return false;
    }

    private ObjectHold Hold(IDisposable? kept)
    {
        Interlocked.Add(ref _state, OneCall);
        return new ObjectHold(this, kept);
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowEnded() => throw ((Volatile.Read(ref _state) & Closed) != 0
        ? new ObjectDisposedException(contract.ServiceId, $"This {contract.ServiceId} has been disposed of.")
        : owner.ToEnded(contract.ServiceId));
}
