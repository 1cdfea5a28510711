using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>What an np_completion completes.</summary>
internal interface ICompletable
{
    /// <summary>Ends the call, the first time; and returns a status for the other side.</summary>
    int Complete(int status, ReadOnlySpan<byte> bytes, ContractError? error);
}

/// <summary>The np_completion of one call at a time.</summary>
internal sealed unsafe class CompletionFrame
{
    // Who completes a call twice by mistake does it soon, and must not complete a stranger's call: so many rest, at 32 bytes each.
    private const int Resting = 512;

    private static readonly NativePool<CompletionFrame> s_pool = new(() => new CompletionFrame(), Resting);

    private readonly np_completion* _native;
    private ICompletable? _call;

    private CompletionFrame()
    {
        _native = (np_completion*)NativeMemory.AllocZeroed((nuint)sizeof(np_completion));
        *_native = new np_completion
        {
            struct_size = (uint)sizeof(np_completion),
            context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this)),
            complete = &Complete,
        };
    }

    public nint Native => (nint)_native;

    public static CompletionFrame Rent(ICompletable call)
    {
        CompletionFrame frame = s_pool.Rent();
        Volatile.Write(ref frame._call, call);
        return frame;
    }

    /// <summary>Ends the call; once. Who completes it again gets NP_E_INVALID_STATE.</summary>
    public void Return()
    {
        Volatile.Write(ref _call, null);
        s_pool.Return(this);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Complete(void* context, int status, void* data, nuint size, np_error_info* error)
    {
        try
        {
            var frame = (CompletionFrame)GCHandle.FromIntPtr((nint)context).Target!;
            if (Volatile.Read(ref frame._call) is not { } call)
            {
                return np.NP_E_INVALID_STATE;
            }

            if ((data == null && size != 0) || size > int.MaxValue)
            {
                return call.Complete(np.NP_E_FAULT, default, new ContractError(
                    np.NP_E_FAULT, "", $"The call was completed with {size} bytes{(data == null ? " at NULL" : "")}.", ""));
            }

            return call.Complete(status, new ReadOnlySpan<byte>(data, (int)size), ContractErrors.Read(error));
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }
}
