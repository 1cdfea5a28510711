using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The functions of a <see cref="CallFrame"/> that a plugin calls: those of its sinks and of its cancellation. No exception leaves them.
/// </summary>
internal static unsafe class CallFrameFunctions
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int WriteOutput(void* context, void* data, nuint size)
    {
        try
        {
            return From(context).Write(data, size, isError: false);
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int WriteErrorOutput(void* context, void* data, nuint size)
    {
        try
        {
            return From(context).Write(data, size, isError: true);
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Report(void* context, np_error_info* info)
    {
        try
        {
            return From(context).Report(info);
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Check(void* context)
    {
        try
        {
            return From(context).Check();
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Subscribe(void* context, delegate* unmanaged[Cdecl]<void*, int> callback, void* callbackContext, ulong* subscription)
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
    public static int Unsubscribe(void* context, ulong subscription)
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

    private static CallFrame From(void* context) => (CallFrame)GCHandle.FromIntPtr((nint)context).Target!;
}
