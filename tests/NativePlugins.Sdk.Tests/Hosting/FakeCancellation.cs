using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Tests.Hosting;

/// <summary>An np_cancellation that a test cancels.</summary>
internal sealed unsafe class FakeCancellation : IDisposable
{
    private readonly GCHandle _self;
    private readonly NativeTable<np_cancellation> _table;
    private delegate* unmanaged[Cdecl]<void*, int> _callback;
    private void* _callbackContext;

    public FakeCancellation(int sizeDifference = 0)
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

    public void Cancel()
    {
        IsRequested = true;
        if (_callback != null)
        {
            _ = _callback(_callbackContext);
        }
    }

    public void Dispose()
    {
        _table.Dispose();
        _self.Free();
        Subscribed.Dispose();
    }

    private static FakeCancellation Of(void* context) => (FakeCancellation)GCHandle.FromIntPtr((nint)context).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Check(void* context) => Of(context).IsRequested ? np.NP_E_CANCELLED : np.NP_OK;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Subscribe(
        void* context, delegate* unmanaged[Cdecl]<void*, int> callback, void* callbackContext, ulong* subscription)
    {
        FakeCancellation cancellation = Of(context);
        cancellation._callback = callback;
        cancellation._callbackContext = callbackContext;
        cancellation.Subscriptions++;
        *subscription = 41 + (ulong)cancellation.Subscriptions;
        if (cancellation.IsRequested)
        {
            _ = callback(callbackContext);
        }

        cancellation.Subscribed.Set();
        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unsubscribe(void* context, ulong subscription)
    {
        FakeCancellation cancellation = Of(context);
        cancellation.Unsubscriptions += subscription == 41 + (ulong)cancellation.Subscriptions ? 1 : 0;
        return np.NP_OK;
    }
}
