using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NativePlugins.Abi;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Transport;

namespace NativePlugins.Host.Loading;

/// <summary>
/// The native side of one call into a plugin: its sinks, its cancellation and its arguments.
/// </summary>
/// <remarks>
/// Frames are used again and never freed. If a plugin keeps a sink beyond its call and writes to it later, it gets NP_E_INVALID_STATE, or
/// writes to a later call: it never reaches freed memory.
/// </remarks>
internal sealed unsafe class CallFrame
{
    private static readonly Stack<CallFrame> s_free = [];
    private static int s_inUse;

    private readonly Lock _lock = new();
    private readonly NativeFrame* _native;
    private readonly Dictionary<ulong, CancellationTokenRegistration> _subscriptions = [];
    private CommandCall? _command;
    private PluginRemoteError? _error;
    private ulong _lastSubscription;
    private bool _isActive;

    private CallFrame()
    {
        _native = (NativeFrame*)NativeMemory.AllocZeroed((nuint)sizeof(NativeFrame));
        void* context = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(this));
        _native->Output = new np_sink { struct_size = (uint)sizeof(np_sink), context = context, write = &CallFrameFunctions.WriteOutput };
        _native->ErrorOutput = new np_sink { struct_size = (uint)sizeof(np_sink), context = context, write = &CallFrameFunctions.WriteErrorOutput };
        _native->Error = new np_error_sink { struct_size = (uint)sizeof(np_error_sink), context = context, report = &CallFrameFunctions.Report };
        _native->Cancellation = new np_cancellation
        {
            struct_size = (uint)sizeof(np_cancellation),
            context = context,
            check = &CallFrameFunctions.Check,
            subscribe = &CallFrameFunctions.Subscribe,
            unsubscribe = &CallFrameFunctions.Unsubscribe,
        };
    }

    /// <summary>How many frames are in calls. For tests.</summary>
    internal static int InUseCount => Volatile.Read(ref s_inUse);

    /// <summary>The sink for calls that take an error sink.</summary>
    public np_error_sink* ErrorSink => &_native->Error;

    /// <summary>The sink for calls that write where a command writes its output.</summary>
    public np_sink* Output => &_native->Output;

    /// <summary>Takes a frame for one call.</summary>
    public static CallFrame Rent(CommandCall? command = null)
    {
        CallFrame? frame;
        lock (s_free)
        {
            _ = s_free.TryPop(out frame);
        }

        frame ??= new CallFrame();
        Interlocked.Increment(ref s_inUse);
        lock (frame._lock)
        {
            frame._command = command;
            frame._isActive = true;
            frame._error = null;
        }

        return frame;
    }

    /// <summary>Ends the call. From now on the plugin's use of the frame is refused. Not for a call that never returned.</summary>
    /// <returns>What the plugin reported in the call, or null.</returns>
    public PluginRemoteError? Return()
    {
        CancellationTokenRegistration[] leftBehind;
        PluginRemoteError? error;
        lock (_lock)
        {
            error = _error;
            _isActive = false;
            _command = null;
            leftBehind = [.. _subscriptions.Values];
            _subscriptions.Clear();
        }

        foreach (CancellationTokenRegistration registration in leftBehind)
        {
            registration.Dispose();
        }

        Interlocked.Decrement(ref s_inUse);
        lock (s_free)
        {
            s_free.Push(this);
        }

        return error;
    }

    /// <summary>Fills in the call of a command. The pointers must stay valid until the command returns.</summary>
    public np_command_call* Describe(uint count, sbyte** arguments, nuint* lengths, ReadOnlySpan<byte> traceParent, byte* traceParentText)
    {
        _native->Call = new np_command_call
        {
            struct_size = (uint)sizeof(np_command_call),
            argument_count = count,
            arguments = arguments,
            argument_lengths = lengths,
            output = &_native->Output,
            error_output = &_native->ErrorOutput,
            cancellation = &_native->Cancellation,
            traceparent = (sbyte*)traceParentText,
            traceparent_length = (nuint)traceParent.Length,
        };
        return &_native->Call;
    }

    internal int Write(void* data, nuint size, bool isError)
    {
        if (data == null && size != 0)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        lock (_lock)
        {
            if (!_isActive || _command is null)
            {
                return np.NP_E_INVALID_STATE;
            }

            return Write(_command, (byte*)data, size, isError);
        }
    }

    private static int Write(CommandCall command, byte* data, nuint size, bool isError)
    {
        int status = np.NP_OK;
        while (size > 0 && status == np.NP_OK)
        {
            int piece = (int)nuint.Min(size, int.MaxValue);
            status = command.Write(new ReadOnlySpan<byte>(data, piece), isError);
            data += piece;
            size -= (nuint)piece;
        }

        return status;
    }

    /// <summary>Whether the call may go on: NP_OK or NP_E_CANCELLED.</summary>
    internal int Check() => _command is { CancellationToken.IsCancellationRequested: false } ? np.NP_OK : np.NP_E_CANCELLED;

    internal int Report(np_error_info* info)
    {
        if (info == null || info->struct_size < np_error_info.FrozenMinimum)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        lock (_lock)
        {
            if (!_isActive)
            {
                return np.NP_E_INVALID_STATE;
            }

            _error = new PluginRemoteError(
                info->code,
                Utf8Text.Decode(info->type, nuint.Min(info->type_length, 1024)),
                Utf8Text.Decode(info->message, nuint.Min(info->message_length, 64 * 1024)),
                Utf8Text.Decode(info->detail, nuint.Min(info->detail_length, 256 * 1024)));
            return np.NP_OK;
        }
    }

    internal int Subscribe(delegate* unmanaged[Cdecl]<void*, int> callback, void* callbackContext, ulong* subscription)
    {
        if (callback == null || subscription == null)
        {
            return np.NP_E_INVALID_ARGUMENT;
        }

        CancellationToken token;
        ulong id;
        lock (_lock)
        {
            if (!_isActive || _command is null)
            {
                return np.NP_E_INVALID_STATE;
            }

            token = _command.CancellationToken;
            id = ++_lastSubscription;
            *subscription = id;
        }

        // Outside the lock: a token that is cancelled already calls back at once.
        nint function = (nint)callback, argument = (nint)callbackContext;
        CancellationTokenRegistration registration = token.UnsafeRegister(
            _ => ((delegate* unmanaged[Cdecl]<void*, int>)function)((void*)argument), null);
        lock (_lock)
        {
            if (_isActive)
            {
                _subscriptions.Add(id, registration);
                return np.NP_OK;
            }
        }

        registration.Dispose();
        return np.NP_E_INVALID_STATE;
    }

    internal int Unsubscribe(ulong subscription)
    {
        CancellationTokenRegistration registration;
        lock (_lock)
        {
            if (!_subscriptions.Remove(subscription, out registration))
            {
                return np.NP_E_NOT_FOUND;
            }
        }

        registration.Dispose();
        return np.NP_OK;
    }

    private struct NativeFrame
    {
        public np_command_call Call;
        public np_sink Output;
        public np_sink ErrorOutput;
        public np_cancellation Cancellation;
        public np_error_sink Error;
    }
}
