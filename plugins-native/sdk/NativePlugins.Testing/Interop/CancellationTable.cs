using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Testing.Interop;

/// <summary>An np_cancellation that a test cancels, and that counts who asked for it.</summary>
internal sealed unsafe class CancellationTable : IDisposable
{
    private readonly GCHandle _self;
    private readonly NativeTable<np_cancellation> _table;
    private delegate* unmanaged[Cdecl]<void*, int> _callback;
    private void* _callbackContext;

    public CancellationTable(int sizeDifference = 0)
    {
        _self = GCHandle.Alloc(this);
        _table = new NativeTable<np_cancellation>(
            new np_cancellation
            {
                context = (void*)GCHandle.ToIntPtr(_self),
                check = &Check,
                subscribe = &Subscribe,
                unsubscribe = &Unsubscribe,
            },
            sizeDifference);
    }

    public np_cancellation* Table => _table.Pointer;

    public bool IsRequested { get; private set; }

    public int Subscriptions { get; private set; }

    public int Unsubscriptions { get; private set; }

    public ManualResetEventSlim Subscribed { get; } = new();

    // Subscribing, cancelling and unsubscribing exclude each other, so that after unsubscribe no callback runs.
    private object Gate => Subscribed;

    public void Cancel()
    {
        lock (Gate)
        {
            IsRequested = true;
            if (_callback != null)
            {
                _ = _callback(_callbackContext);
            }
        }
    }

    public void Dispose()
    {
        _table.Dispose();
        _self.Free();
        Subscribed.Dispose();
    }

    private static CancellationTable Of(void* context) => (CancellationTable)GCHandle.FromIntPtr((nint)context).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Check(void* context) => Of(context).IsRequested ? np.NP_E_CANCELLED : np.NP_OK;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Subscribe(
        void* context, delegate* unmanaged[Cdecl]<void*, int> callback, void* callbackContext, ulong* subscription)
    {
        CancellationTable cancellation = Of(context);
        lock (cancellation.Gate)
        {
            cancellation._callback = callback;
            cancellation._callbackContext = callbackContext;
            cancellation.Subscriptions++;
            *subscription = 41 + (ulong)cancellation.Subscriptions;
            if (cancellation.IsRequested)
            {
                _ = callback(callbackContext);
            }
        }

        cancellation.Subscribed.Set();
        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unsubscribe(void* context, ulong subscription)
    {
        CancellationTable cancellation = Of(context);
        lock (cancellation.Gate)
        {
            cancellation.Unsubscriptions += subscription == 41 + (ulong)cancellation.Subscriptions ? 1 : 0;
            cancellation._callback = null;
        }

        return np.NP_OK;
    }
}
