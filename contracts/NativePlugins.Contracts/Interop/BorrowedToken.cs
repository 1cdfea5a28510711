using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>An np_cancellation of the caller's as a token, until the call ends. For the SDK and generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1001", Justification = "The token may outlive the call, and a source without a timer holds nothing.")]
public sealed unsafe class BorrowedToken : IDisposable
{
    private readonly np_cancellation* _cancellation;
    private readonly CancellationTokenSource? _source;
    private readonly ulong _subscription;
    private readonly bool _isSubscribed;
    private GCHandle _handle;

    /// <summary>Subscribes.</summary>
    /// <param name="cancellation">The address of the np_cancellation, or 0 when the call cannot be cancelled.</param>
    /// <exception cref="ArgumentException">It is not complete.</exception>
    public BorrowedToken(nint cancellation)
    {
        if (cancellation == 0)
        {
            return;
        }

        _cancellation = (np_cancellation*)cancellation;
        if (_cancellation->struct_size < np_cancellation.FrozenMinimum
            || _cancellation->check == null || _cancellation->subscribe == null || _cancellation->unsubscribe == null)
        {
            throw new ArgumentException("The cancellation is no complete np_cancellation.");
        }

        _source = new CancellationTokenSource();
        _handle = GCHandle.Alloc(_source);
        ulong subscription = 0;
        _isSubscribed = _cancellation->subscribe(
            _cancellation->context, &Cancel, (void*)GCHandle.ToIntPtr(_handle), &subscription) == np.NP_OK;
        _subscription = subscription;
    }

    /// <summary>The token. What is registered on it runs on the thread pool.</summary>
    public CancellationToken Token => _source?.Token ?? CancellationToken.None;

    /// <summary>Ends the subscription. The token stays usable.</summary>
    public void Dispose()
    {
        if (_isSubscribed)
        {
            _ = _cancellation->unsubscribe(_cancellation->context, _subscription);
        }

        if (_handle.IsAllocated)
        {
            _handle.Free();
        }
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
