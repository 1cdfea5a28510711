using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>An np_cancellation as a token. Subscribed when the token is first asked for.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token may outlive the run, and a source without a timer holds nothing.")]
internal sealed unsafe class CancellationSubscription
{
    private readonly CancellationTokenSource _source = new();
    private readonly np_cancellation* _cancellation;
    private readonly ulong _subscription;
    private readonly bool _isSubscribed;
    private GCHandle _handle;

    public CancellationSubscription(np_cancellation* cancellation)
    {
        _cancellation = cancellation;
        _handle = GCHandle.Alloc(_source);
        ulong subscription = 0;
        int status = cancellation->subscribe(
            cancellation->context, &Cancel, (void*)GCHandle.ToIntPtr(_handle), &subscription);
        _subscription = subscription;
        _isSubscribed = status == np.NP_OK;
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Ends the subscription: after this the caller does not call back. The token stays usable.</summary>
    public void End()
    {
        if (_isSubscribed)
        {
            _ = _cancellation->unsubscribe(_cancellation->context, _subscription);
        }

        _handle.Free();
    }

    // The callback must not block, so what is registered on the token runs on the thread pool.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Cancel(void* context)
    {
        try
        {
            _ = ((CancellationTokenSource)GCHandle.FromIntPtr((nint)context).Target!).CancelAsync();
            return np.NP_OK;
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }
}
