using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>Takes the result of one call at a time through an np_sink.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class ResultSink
{
    private readonly np_sink* _native;
    private bool _isActive;
    private string? _broken;

    private protected ResultSink()
    {
        _native = (np_sink*)NativeMemory.AllocZeroed((nuint)sizeof(np_sink));
        *_native = new np_sink
        {
            struct_size = (uint)sizeof(np_sink),
            context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this)),
            write = &Write,
        };
    }

    /// <summary>The address of the np_sink.</summary>
    public nint Native => (nint)_native;

    private protected void Begin()
    {
        _broken = null;
        Volatile.Write(ref _isActive, true);
    }

    /// <summary>Throws when a piece of the result was refused, though the callee says that it has handed over all of it.</summary>
    /// <param name="side">The caller's side.</param>
    /// <param name="call">The contract and the member.</param>
    private protected void ThrowIfBroken(ContractSide side, string call)
    {
        if (_broken is not null)
        {
            throw DataCalls.Fault(side, call, _broken);
        }
    }

    private protected void End() => Volatile.Write(ref _isActive, false);

    /// <summary>Takes a piece, and returns a status.</summary>
    private protected abstract int Append(ReadOnlySpan<byte> piece);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, void* data, nuint size)
    {
        try
        {
            var sink = (ResultSink)GCHandle.FromIntPtr((nint)context).Target!;
            if (!Volatile.Read(ref sink._isActive))
            {
                return np.NP_E_INVALID_STATE;
            }

            if ((data == null && size != 0) || size > int.MaxValue)
            {
                sink._broken = data == null ? $"The call has handed over NULL with a size of {size}." : $"The call has handed over {size} bytes; {int.MaxValue} at most are possible.";
                return data == null ? np.NP_E_INVALID_ARGUMENT : np.NP_E_OUT_OF_MEMORY;
            }

            return sink.Append(new ReadOnlySpan<byte>(data, (int)size));
        }
        catch (OutOfMemoryException)
        {
            return np.NP_E_OUT_OF_MEMORY;
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }
}
