using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Sdk.Interop;

/// <summary>A sink of the plugin's own, on the stack of the call that hands it to the host: gathers text.</summary>
internal unsafe struct Utf8Collector
{
    private byte* _text;
    private nuint _length;
    private nuint _capacity;

    /// <summary>The sink to pass on. The collector must not move while the host may use it.</summary>
    public static np_sink Sink(Utf8Collector* collector) => new()
    {
        struct_size = (uint)sizeof(np_sink),
        context = collector,
        write = &Write,
    };

    public readonly string Text => Encoding.UTF8.GetString(_text, (int)_length);

    public void Free()
    {
        NativeMemory.Free(_text);
        this = default;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, void* data, nuint size)
    {
        try
        {
            return ((Utf8Collector*)context)->Append(data, size);
        }
        catch (OutOfMemoryException)
        {
            return np.NP_E_OUT_OF_MEMORY;
        }
    }

    private int Append(void* data, nuint size)
    {
        if (size > Utf8Text.MaxLength - _length)
        {
            return np.NP_E_UNSUPPORTED;
        }

        if (_length + size > _capacity)
        {
            _capacity = nuint.Max(256, (_length + size) * 2);
            _text = (byte*)NativeMemory.Realloc(_text, _capacity);
        }

        NativeMemory.Copy(data, _text + _length, size);
        _length += size;
        return np.NP_OK;
    }
}
