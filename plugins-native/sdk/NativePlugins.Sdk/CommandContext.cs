using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk;

/// <summary>One run of a command: its arguments, where its text goes, and whether it is still wanted.</summary>
/// <remarks>
/// Safe for several threads at once. It ends with the run: what is read for the first time, or written, after
/// <see cref="ICommand.Run"/> has returned throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class CommandContext
{
    private readonly CommandCall? _call;
    private readonly IReadOnlyList<string>? _arguments;
    private readonly TextWriter? _output;
    private readonly TextWriter? _error;
    private readonly string? _traceParent;
    private readonly CancellationToken _cancellationToken;

    /// <summary>A run without a host, for the tests of a plugin.</summary>
    /// <param name="arguments">The command's arguments.</param>
    /// <param name="output">Where its output goes.</param>
    /// <param name="error">Where its error text goes.</param>
    /// <param name="traceParent">The caller's trace context, or null.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="ArgumentNullException">An argument without a default is null.</exception>
    public CommandContext(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        string? traceParent = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        _arguments = arguments;
        _output = output;
        _error = error;
        _traceParent = traceParent;
        _cancellationToken = cancellationToken;
    }

    internal CommandContext(CommandCall call) => _call = call;

    /// <summary>The command's arguments, without the plugin's own name. Each is decoded when it is first read.</summary>
    public IReadOnlyList<string> Arguments => _arguments ?? _call!.Arguments;

    /// <summary>
    /// Standard output: UTF-8, sent on at each line's end, when the buffer is full, and when the run ends. A host that
    /// takes no more makes it throw <see cref="IOException"/>.
    /// </summary>
    public TextWriter Output => _output ?? _call!.Output;

    /// <summary>Standard error, in the same way as <see cref="Output"/>.</summary>
    public TextWriter Error => _error ?? _call!.Error;

    /// <summary>The caller's trace context (W3C Trace Context, "traceparent"), or null.</summary>
    public string? TraceParent => _call is null ? _traceParent : _call.TraceParent;

    /// <summary>Cancelled when the caller no longer wants the result. Its callbacks run on the thread pool.</summary>
    public CancellationToken CancellationToken => _call?.CancellationToken ?? _cancellationToken;
}
