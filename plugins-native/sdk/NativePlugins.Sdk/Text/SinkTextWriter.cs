using System.Buffers;
using System.Text.Unicode;
using NativePlugins.Sdk.Interop;

namespace NativePlugins.Sdk.Text;

/// <summary>
/// Writes UTF-8 to a sink, a line or a full buffer at a time, or each write at once, until <see cref="Complete"/>.
/// </summary>
internal sealed class SinkTextWriter(IByteSink sink, bool autoFlush = false) : SpanTextWriter
{
    private const int BufferSize = 2048;

    private readonly Lock _gate = new();
    private byte[]? _buffer = new byte[BufferSize];
    private int _length;
    private char _highSurrogate;
    private SinkRefusedException? _refusal;

    protected override void Write(ReadOnlySpan<char> text, bool endLine)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            Append(text);
            if (endLine)
            {
                Append(CoreNewLine);
            }

            if (endLine || autoFlush)
            {
                Send();
            }
        }
    }

    public override void Flush()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            Send();
        }
    }

    /// <summary>Sends what is left and lets go of the sink. The sink must not be used after the command has returned.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            if (_buffer is null)
            {
                return;
            }

            try
            {
                if (_refusal is null)
                {
                    CompletePair([]);
                    Send();
                }
            }
            finally
            {
                _buffer = null;
            }
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_highSurrogate != 0 && !text.IsEmpty)
        {
            text = CompletePair(text);
        }

        while (!text.IsEmpty)
        {
            OperationStatus status = Utf8.FromUtf16(
                text, _buffer.AsSpan(_length), out int read, out int written, replaceInvalidSequences: true, isFinalBlock: false);
            _length += written;
            text = text[read..];
            if (status == OperationStatus.NeedMoreData)
            {
                _highSurrogate = text[0];
                return;
            }

            if (status == OperationStatus.DestinationTooSmall)
            {
                Send();
            }
        }
    }

    // The other half of a pair may come with the next write.
    private ReadOnlySpan<char> CompletePair(ReadOnlySpan<char> text)
    {
        if (_highSurrogate == 0)
        {
            return text;
        }

        ReadOnlySpan<char> pair = [_highSurrogate, text.IsEmpty ? '\0' : text[0]];
        bool isPair = char.IsSurrogatePair(pair[0], pair[1]);
        _highSurrogate = '\0';
        if (BufferSize - _length < 4)
        {
            Send();
        }

        Utf8.FromUtf16(isPair ? pair : pair[..1], _buffer.AsSpan(_length), out _, out int written);
        _length += written;
        return isPair ? text[1..] : text;
    }

    private void Send()
    {
        if (_refusal is not null)
        {
            _length = 0;
            throw new SinkRefusedException(_refusal.Status);
        }

        int length = _length;
        _length = 0;
        if (length > 0 && sink.Write(_buffer.AsSpan(0, length)) is var status and not 0)
        {
            _refusal = new SinkRefusedException(status);
            throw _refusal;
        }
    }
}
