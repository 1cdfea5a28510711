using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;
using NativePlugins.Sdk.Text;

namespace NativePlugins.Sdk.Interop;

/// <summary>One np_command_call while it runs. Everything that points into it is let go of when it completes.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Complete lets go of the subscription.")]
internal sealed unsafe class CommandCall
{
    private static readonly AsyncLocal<CommandCall?> s_current = new();

    private readonly Lock _gate = new();
    private np_command_call* _call;
    private CommandArguments? _arguments;
    private SinkTextWriter? _output;
    private SinkTextWriter? _error;
    private BorrowedToken? _cancellation;

    public CommandCall(np_command_call* call)
    {
        _call = call;
        if (call->traceparent_length > 0)
        {
            TraceParent = Utf8Text.Decode(call->traceparent, call->traceparent_length);
        }
    }

    /// <summary>The command that runs on this flow, or null when none does (any more).</summary>
    public static CommandCall? Current => s_current.Value is { _call: not null } call ? call : null;

    /// <summary>The trace context of the command that this flow belongs to, even when it has ended.</summary>
    public static string? CurrentTraceParent => s_current.Value?.TraceParent;

    public string? TraceParent { get; }

    public IReadOnlyList<string> Arguments
    {
        get
        {
            if (_arguments is null)
            {
                lock (_gate)
                {
                    _arguments ??= new CommandArguments(Call);
                }
            }

            return _arguments;
        }
    }

    public TextWriter Output => _output ?? Open(ref _output, isError: false);

    public TextWriter Error => _error ?? Open(ref _error, isError: true);

    /// <summary>Subscribes when it is first asked for.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                return (_cancellation ??= new BorrowedToken((nint)Call->cancellation)).Token;
            }
        }
    }

    /// <summary>Whether the caller has asked for cancellation.</summary>
    public bool IsCancellationRequested =>
        _call != null && _call->cancellation != null
        && _call->cancellation->check(_call->cancellation->context) == np.NP_E_CANCELLED;

    /// <summary>Makes this the command of the current flow. Returns the one before, for <see cref="Leave"/>.</summary>
    public CommandCall? Enter()
    {
        CommandCall? outer = s_current.Value;
        s_current.Value = this;
        return outer;
    }

    public static void Leave(CommandCall? outer) => s_current.Value = outer;

    /// <summary>Sends what is left of one writer, if it was ever used.</summary>
    public void Flush(bool isError) => (isError ? _error : _output)?.Flush();

    /// <summary>Sends what is left of the text and lets go of the call. What a sink refuses is thrown at the end.</summary>
    public void Complete()
    {
        SinkTextWriter? output, error;
        lock (_gate)
        {
            _cancellation?.Dispose();
            _arguments?.Complete();
            output = _output;
            error = _error;
            _call = null;
        }

        try
        {
            output?.Complete();
        }
        finally
        {
            error?.Complete();
        }
    }

    private np_command_call* Call
    {
        get
        {
            ObjectDisposedException.ThrowIf(_call == null, typeof(CommandContext));
            return _call;
        }
    }

    private SinkTextWriter Open(ref SinkTextWriter? writer, bool isError)
    {
        lock (_gate)
        {
            return writer ??= new SinkTextWriter(new ByteSink(isError ? Call->error_output : Call->output));
        }
    }
}
