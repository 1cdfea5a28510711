using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;

namespace NativePlugins.Host.Forwarding;

/// <summary>Ends an asynchronous call, and returns a status for who has completed it.</summary>
internal unsafe delegate int Completed(int status, byte* data, nuint size, PluginRemoteError? error);

/// <summary>
/// What a callee gives its results and errors to, until its call ends: an np_sink, an np_error_sink and an np_completion. Frames are used
/// again and never freed: who keeps one for too long gets NP_E_INVALID_STATE.
/// </summary>
internal sealed unsafe class AnswerFrame
{
    private const int MaxTypeBytes = 1024, MaxMessageBytes = 64 * 1024, MaxDetailBytes = 256 * 1024;

    private static readonly NativePoolOf<AnswerFrame> s_pool = new(static () => new AnswerFrame(), resting: 8);

    private readonly Lock _lock = new();
    private readonly Native* _native;
    private readonly MessageWriter _result = new();
    private FunctionPlan _function = null!;
    private Completed _completed = null!;
    private PluginRemoteError? _error;
    private string? _refusal;
    private bool _isActive;
    private bool _isComplete;
    private bool _hasResult;

    private AnswerFrame()
    {
        _native = (Native*)NativeMemory.AllocZeroed((nuint)sizeof(Native));
        void* context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));
        _native->Sink = new np_sink { struct_size = (uint)sizeof(np_sink), context = context, write = &Write };
        _native->Error = new np_error_sink { struct_size = (uint)sizeof(np_error_sink), context = context, report = &Report };
        _native->Completion = new np_completion { struct_size = (uint)sizeof(np_completion), context = context, complete = &Complete };
    }

    public nint Sink => (nint)(&_native->Sink);

    public nint ErrorSink => (nint)(&_native->Error);

    public nint Completion => (nint)(&_native->Completion);

    /// <summary>What was reported last; null if nothing was.</summary>
    public PluginRemoteError? Error => _error;

    /// <summary>Why what was written to the sink does not cross; null if it does.</summary>
    public string? Refusal => _refusal;

    /// <param name="function">What is called.</param>
    /// <param name="completed">Called when an asynchronous call completes, at most once.</param>
    public static AnswerFrame Rent(FunctionPlan function, Completed completed)
    {
        AnswerFrame frame = s_pool.Rent();
        lock (frame._lock)
        {
            (frame._function, frame._completed) = (function, completed);
            (frame._error, frame._refusal, frame._hasResult, frame._isComplete, frame._isActive) = (null, null, false, !function.IsAsync, true);
            frame._result.Clear();
        }

        return frame;
    }

    /// <summary>Ends the call.</summary>
    public void Return()
    {
        lock (_lock)
        {
            (_isActive, _isComplete) = (false, true);
            (_function, _completed) = (null!, null!);
        }

        s_pool.Return(this);
    }

    /// <summary>Whether the caller of this is the first who ends the asynchronous call.</summary>
    public bool TryComplete()
    {
        lock (_lock)
        {
            bool isFirst = !_isComplete;
            _isComplete = true;
            return isFirst;
        }
    }

    /// <summary>Writes what came to the sink: a flag, then bytes with their length, or what was put.</summary>
    public void WriteResult(MessageWriter answer)
    {
        answer.UInt32(_hasResult ? 1u : 0u);
        if (_hasResult && _function.ResultKind == ResultKind.Bytes)
        {
            answer.UInt32((uint)_result.Length);
        }

        answer.Bytes(_result.Written);
    }

    private int Write(byte* data, nuint size)
    {
        lock (_lock)
        {
            if (!_isActive || (_hasResult && _function.ResultKind == ResultKind.Put))
            {
                return np.NP_E_INVALID_STATE;
            }

            if (data == null && size != 0)
            {
                return np.NP_E_INVALID_ARGUMENT;
            }

            try
            {
                _hasResult = true;
                if (_function.ResultKind == ResultKind.Put)
                {
                    ValueWriter.WritePut(_result, _function.Result!, data, size);
                }
                else
                {
                    _result.Bytes(new ReadOnlySpan<byte>(data, checked((int)size)));
                }

                return np.NP_OK;
            }
            catch (Exception e) when (e is MessageTooLargeException or OverflowException)
            {
                _refusal = new MessageTooLargeException().Message;
                return np.NP_E_OUT_OF_MEMORY;
            }
        }
    }

    private static PluginRemoteError? Read(np_error_info* info) => info == null || info->struct_size < np_error_info.FrozenMinimum ? null : new PluginRemoteError(
        info->code, Utf8Text.Decode(info->type, nuint.Min(info->type_length, MaxTypeBytes)),
        Utf8Text.Decode(info->message, nuint.Min(info->message_length, MaxMessageBytes)), Utf8Text.Decode(info->detail, nuint.Min(info->detail_length, MaxDetailBytes)));

    private static AnswerFrame From(void* context) => (AnswerFrame)GCHandle.FromIntPtr((nint)context).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(void* context, void* data, nuint size)
    {
        try
        {
            return From(context).Write((byte*)data, size);
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Report(void* context, np_error_info* info)
    {
        try
        {
            AnswerFrame frame = From(context);
            if (Read(info) is not { } error)
            {
                return np.NP_E_INVALID_ARGUMENT;
            }

            lock (frame._lock)
            {
                if (!frame._isActive)
                {
                    return np.NP_E_INVALID_STATE;
                }

                frame._error = error;
                return np.NP_OK;
            }
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Complete(void* context, int status, void* data, nuint size, np_error_info* error)
    {
        try
        {
            AnswerFrame frame = From(context);
            Completed completed = frame._completed;
            if (!frame.TryComplete())
            {
                return np.NP_E_INVALID_STATE;
            }

            return (data == null && size != 0) || size > int.MaxValue
                ? completed(np.NP_E_INVALID_ARGUMENT, null, 0, new PluginRemoteError(
                    np.NP_E_INVALID_ARGUMENT, "", $"The call was completed with {size} bytes{(data == null ? " at NULL" : "")}.", ""))
                : completed(status, (byte*)data, size, Read(error));
        }
        catch (Exception)
        {
            return np.NP_E_FAULT;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Native
    {
        public np_sink Sink;
        public np_error_sink Error;
        public np_completion Completion;
    }
}
