using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using NativePlugins.Abi;

namespace NativePlugins.Testing.Interop;

/// <summary>Sinks that keep what they get.</summary>
internal sealed unsafe class SinkRecorder : IDisposable
{
    private readonly GCHandle _self;
    private readonly MemoryStream _bytes = new();
    private readonly NativeTable<np_sink> _sink;
    private readonly NativeTable<np_error_sink> _errorSink;

    public SinkRecorder(int sizeDifference = 0, int? refusal = null)
    {
        _self = GCHandle.Alloc(this);
        void* context = (void*)GCHandle.ToIntPtr(_self);
        _sink = new(new np_sink { context = context, write = &Write }, sizeDifference);
        _errorSink = new(new np_error_sink { context = context, report = &Report }, sizeDifference);
        Refusal = refusal;
    }

    public np_sink* Sink => _sink.Pointer;

    public np_error_sink* ErrorSink => _errorSink.Pointer;

    /// <summary>The status that each write gives, when it is not NP_OK.</summary>
    public int? Refusal { get; }

    public TestError? Error { get; private set; }

    public string Text
    {
        get
        {
            lock (_bytes)
            {
                return Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
            }
        }
    }

    public void Dispose()
    {
        _sink.Dispose();
        _errorSink.Dispose();
        _self.Free();
        _bytes.Dispose();
    }

    private static SinkRecorder Of(void* context) => (SinkRecorder)GCHandle.FromIntPtr((nint)context).Target!;

    // The threads of a command may write at once.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, void* data, nuint size)
    {
        SinkRecorder recorder = Of(context);
        if (recorder.Refusal is { } status)
        {
            return status;
        }

        lock (recorder._bytes)
        {
            recorder._bytes.Write(new ReadOnlySpan<byte>(data, (int)size));
        }

        return np.NP_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Report(void* context, np_error_info* info)
    {
        Of(context).Error = new TestError(
            info->code,
            Utf8Text.Decode(info->type, info->type_length),
            Utf8Text.Decode(info->message, info->message_length),
            Utf8Text.Decode(info->detail, info->detail_length));
        return np.NP_OK;
    }
}
