using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Host.Loading;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Tests.Loading;

public unsafe class CallFrameTests
{
    private static CallFrame? s_frame;

    [Fact]
    public void A_subscription_that_comes_as_its_call_ends_is_refused()
    {
        s_frame = CallFrame.Rent(new CommandCall(_ => { }, _ => { }, new CancellationToken(canceled: true)));
        np_cancellation* cancellation = s_frame.Describe(0, null, null, default, null)->cancellation;
        ulong subscription;

        int status = cancellation->subscribe(cancellation->context, &EndCall, null, &subscription);

        Assert.Equal(np.NP_E_INVALID_STATE, status);
        Assert.Equal(np.NP_E_NOT_FOUND, cancellation->unsubscribe(cancellation->context, subscription));
    }

    // The cancelled token calls this at once: after the subscription was allowed, and before it is stored.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EndCall(void* context)
    {
        s_frame!.Return();
        return np.NP_OK;
    }
}
