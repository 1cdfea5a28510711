using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>A token as an np_cancellation for one call at a time.</summary>
internal sealed unsafe class CancellationFrame
{
    private static readonly NativePool<CancellationFrame> s_pool = new(() => new CancellationFrame());

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, CancellationTokenRegistration> _subscriptions = [];
    private readonly np_cancellation* _native;
    private CancellationToken _token;
    private ulong _lastSubscription;
    private bool _isActive;

    private CancellationFrame()
    {
        _native = (np_cancellation*)NativeMemory.AllocZeroed((nuint)sizeof(np_cancellation));
        *_native = new np_cancellation
        {
            struct_size = (uint)sizeof(np_cancellation),
            context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this)),
            check = &Check,
            subscribe = &Subscribe,
            unsubscribe = &Unsubscribe,
        };
    }

    public nint Native => (nint)_native;

    public static CancellationFrame Rent(CancellationToken token)
    {
        CancellationFrame frame = s_pool.Rent();
        lock (frame._lock)
        {
            frame._token = token;
            frame._isActive = true;
        }

        return frame;
    }

    /// <summary>Ends the call. Subscriptions that were left behind end here.</summary>
    public void Return()
    {
        CancellationTokenRegistration[] leftBehind;
        lock (_lock)
        {
            _isActive = false;
            _token = default;
            leftBehind = [.. _subscriptions.Values];
            _subscriptions.Clear();
        }

        foreach (CancellationTokenRegistration registration in leftBehind)
        {
            registration.Dispose();
        }

        s_pool.Return(this);
    }

    private int Subscribe(delegate* unmanaged[Cdecl]<void*, int> callback, void* callbackContext, ulong* subscription)
    {
        if (callback == null || subscription == null)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        CancellationToken token;
        ulong id;
        lock (_lock)
        {
            if (!_isActive)
            {
                return np.NP_E_INVALID_STATE;
            }

            token = _token;
            id = ++_lastSubscription;
            *subscription = id;
        }

        // Outside the lock: a token that is cancelled already calls back at once.
        nint function = (nint)callback, argument = (nint)callbackContext;
        CancellationTokenRegistration registration = token.UnsafeRegister(
            _ => ((delegate* unmanaged[Cdecl]<void*, int>)function)((void*)argument), null);
        lock (_lock)
        {
            if (_isActive)
            {
                _subscriptions.Add(id, registration);
                return np.NP_OK;
            }
        }

        registration.Dispose();
        return np.NP_E_INVALID_STATE;
    }

    private int Unsubscribe(ulong subscription)
    {
        CancellationTokenRegistration registration;
        lock (_lock)
        {
            if (!_subscriptions.Remove(subscription, out registration))
            {
                return np.NP_E_NOT_FOUND;
            }
        }

        registration.Dispose();
        return np.NP_OK;
    }

    private static CancellationFrame From(void* context) => (CancellationFrame)GCHandle.FromIntPtr((nint)context).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Check(void* context)
    {
        CancellationFrame frame = From(context);
        return frame._isActive && !frame._token.IsCancellationRequested ? np.NP_OK : np.NP_E_CANCELLED;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Subscribe(
        void* context, delegate* unmanaged[Cdecl]<void*, int> callback, void* callbackContext, ulong* subscription)
    {
        try
        {
            return From(context).Subscribe(callback, callbackContext, subscription);
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unsubscribe(void* context, ulong subscription)
    {
        try
        {
            return From(context).Unsubscribe(subscription);
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }
}
