using NativePlugins.Host.Forwarding;

namespace NativePlugins.Host.Isolation;

/// <summary>A request of the other side, until it has been answered.</summary>
/// <param name="operation">What it asks for.</param>
/// <param name="payload">What it needs for that. Nothing of it has been checked.</param>
internal sealed class IncomingCall(Operation operation, byte[] payload)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _source;
    private bool _isCancelled;

    public Operation Operation => operation;

    public PayloadReader Read() => new(payload);

    /// <summary>Cancelled when the other side asks for that, also if it has asked already.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_lock)
            {
                _source ??= new CancellationTokenSource();
                if (_isCancelled)
                {
                    _source.Cancel();
                }

                return _source.Token;
            }
        }
    }

    /// <summary>Runs what was registered for that, on the current thread.</summary>
    public void Cancel()
    {
        CancellationTokenSource? source;
        lock (_lock)
        {
            _isCancelled = true;
            source = _source;
        }

        source?.Cancel();
    }
}

/// <summary>The answer to a request.</summary>
/// <param name="Status">NP_OK or an error of <c>native_plugins.h</c>.</param>
/// <param name="Payload">What belongs to it.</param>
/// <param name="Message">The same, if it answers a call of a function. It is returned when the answer has been sent.</param>
internal readonly record struct Answer(int Status, PayloadWriter? Payload = null, MessageWriter? Message = null)
{
    public ReadOnlySpan<byte> Written => Message is not null ? Message.Written : Payload is not null ? Payload.Written : [];
}
