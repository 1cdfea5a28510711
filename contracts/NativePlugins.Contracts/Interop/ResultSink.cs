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

    private protected void Begin() => Volatile.Write(ref _isActive, true);

    private protected void End() => Volatile.Write(ref _isActive, false);

    /// <summary>Takes a piece, and returns a status.</summary>
    private protected abstract int Append(ReadOnlySpan<byte> piece);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, void* data, nuint size)
    {
        try
        {
            var sink = (ResultSink)GCHandle.FromIntPtr((nint)context).Target!;
            return !Volatile.Read(ref sink._isActive) ? np.NP_E_INVALID_STATE
                : data == null && size != 0 ? np.NP_E_INVALID_ARGUMENT
                : size > int.MaxValue ? np.NP_E_OUT_OF_MEMORY
                : sink.Append(new ReadOnlySpan<byte>(data, (int)size));
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
