using System.Diagnostics.CodeAnalysis;
using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <summary>A stream of the other side's. Each call goes there: nothing is buffered here.</summary>
/// <remarks>
/// Like every stream it is for one thread at a time. Here that is checked, since the other side may be code that writes where it must not when
/// two calls overlap. What cannot seek may be read and written at the same time, as a connection is.
/// </remarks>
internal sealed partial class ReceivedStream : Stream, IByteStream
{
    private const string Id = "np.stream/1";

    private readonly ObjectLink _link;
    private readonly bool _isReadable;
    private readonly bool _isWritable;
    private readonly bool _isSeekable;
    private readonly bool _readsLater;
    private readonly bool _writesLater;
    private readonly bool _flushesLater;
    private readonly bool _flushes;
    private int _reading;
    private int _writing;
    private bool _isClosed;

    public unsafe ReceivedStream(ObjectLink link)
    {
        _link = link;
        var table = (np_stream*)link.Table;
        (_isReadable, _isWritable, _isSeekable, _flushes) = (table->read != null, table->write != null, table->seek != null, table->flush != null);
        (_readsLater, _writesLater, _flushesLater) = (table->read_async != null, table->write_async != null, table->flush_async != null);
    }

    public override bool CanRead => _isReadable && !_isClosed;

    public override bool CanWrite => _isWritable && !_isClosed;

    public override bool CanSeek => _isSeekable && !_isClosed;

    public override unsafe long Length
    {
        get
        {
            using Turn turn = Begin(ref _reading, _isSeekable, "Length");
            long length = 0;
            ObjectLease lease = _link.Enter();
            int status = ((np_stream*)lease.Table)->get_length((void*)lease.Context, &length, Sink);
            lease.Dispose();
            ThrowIfFailed(status, "Length");
            return NotNegative(length, "Length", "length");
        }
    }

    public override long Position
    {
        get => Seek(0, SeekOrigin.Current);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Seek(value, SeekOrigin.Begin);
        }
    }

    private unsafe np_error_sink* Sink => (np_error_sink*)_link.ErrorSink;

    // What cannot seek has two directions that do not know of each other.
    private ref int WriteTurn => ref _isSeekable ? ref _reading : ref _writing;

    public override int Read(Span<byte> buffer) => Read(buffer, default);

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count), default);
    }

    public override int ReadByte()
    {
        byte one = 0;
        return Read(new Span<byte>(ref one), default) == 0 ? -1 : one;
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer, default);

    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count), default);
    }

    public override void WriteByte(byte value) => Write(new ReadOnlySpan<byte>(in value), default);

    public override void Flush() => Flush(CancellationToken.None);

    public override unsafe long Seek(long offset, SeekOrigin origin)
    {
        int native = origin switch
        {
            SeekOrigin.Begin => np.NP_SEEK_BEGIN,
            SeekOrigin.Current => np.NP_SEEK_CURRENT,
            SeekOrigin.End => np.NP_SEEK_END,
            _ => throw new ArgumentException($"{origin} is none of Begin, Current and End.", nameof(origin)),
        };
        using Turn turn = Begin(ref _reading, _isSeekable, "Seek");
        long position = 0;
        ObjectLease lease = _link.Enter();
        int status = ((np_stream*)lease.Table)->seek((void*)lease.Context, offset, native, &position, Sink);
        lease.Dispose();
        ThrowIfFailed(status, "Seek");
        return NotNegative(position, "Seek", "position");
    }

    public override unsafe void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        using Turn turn = Begin(ref _reading, _isSeekable && _isWritable, "SetLength");
        int status = np.NP_OK;
        ObjectLease lease = _link.Enter();
        var table = (np_stream*)lease.Table;
        bool isThere = table->set_length != null;
        if (isThere)
        {
            status = table->set_length((void*)lease.Context, value, Sink);
        }

        lease.Dispose();
        if (!isThere)
        {
            throw new NotSupportedException("This stream has a length that cannot be set.");
        }

        ThrowIfFailed(status, "SetLength");
    }

    /// <summary>Ends the stream on the other side, and throws what its end throws.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _isClosed = true;
            ObjectLink.Dispose(_link);
        }

        base.Dispose(disposing);
    }

    private int Read(Span<byte> buffer, CancellationToken cancellationToken)
    {
        using Turn turn = Begin(ref _reading, _isReadable, "Read");
        return ReadInTurn(buffer, cancellationToken);
    }

    private unsafe int ReadInTurn(Span<byte> buffer, CancellationToken cancellationToken)
    {
        using var token = new LentToken(cancellationToken);
        nuint count = 0;
        int status;
        fixed (byte* start = buffer)
        {
            ObjectLease lease = _link.Enter();
            status = ((np_stream*)lease.Table)->read((void*)lease.Context, start, (nuint)buffer.Length, &count, (np_cancellation*)token.Native, Sink);
            lease.Dispose();
        }

        ThrowIfFailed(status, "Read", cancellationToken);
        return Counted(count, buffer.Length);
    }

    private void Write(ReadOnlySpan<byte> data, CancellationToken cancellationToken)
    {
        using Turn turn = Begin(ref WriteTurn, _isWritable, "Write");
        WriteInTurn(data, cancellationToken);
    }

    private unsafe void WriteInTurn(ReadOnlySpan<byte> data, CancellationToken cancellationToken)
    {
        using var token = new LentToken(cancellationToken);
        int status;
        fixed (byte* start = data)
        {
            ObjectLease lease = _link.Enter();
            status = ((np_stream*)lease.Table)->write((void*)lease.Context, start, (nuint)data.Length, (np_cancellation*)token.Native, Sink);
            lease.Dispose();
        }

        ThrowIfFailed(status, "Write", cancellationToken);
    }

    private void Flush(CancellationToken cancellationToken)
    {
        // What is only read has nothing to flush: so it is for every Stream.
        using Turn turn = Begin(ref WriteTurn, isAble: true, "Flush");
        FlushInTurn(cancellationToken);
    }

    private unsafe void FlushInTurn(CancellationToken cancellationToken)
    {
        using var token = new LentToken(cancellationToken);
        int status = np.NP_OK;
        ObjectLease lease = _link.Enter();
        if (_flushes)
        {
            status = ((np_stream*)lease.Table)->flush((void*)lease.Context, (np_cancellation*)token.Native, Sink);
        }

        lease.Dispose();
        ThrowIfFailed(status, "Flush", cancellationToken);
    }

    private int Counted(nuint count, int most) => count <= (nuint)most
        ? (int)count
        : throw DataCalls.Fault(_link.Side, $"{Id} Read", $"The stream says that it has read {count} bytes; {most} at most were asked for.");

    private long NotNegative(long value, string member, string name) => value >= 0
        ? value
        : throw DataCalls.Fault(_link.Side, $"{Id} {member}", $"The stream says that its {name} is {value}; 0 or more was expected.");

    private void ThrowIfFailed(int status, string member, CancellationToken cancellationToken = default)
    {
        if (status != np.NP_OK)
        {
            throw _link.Side.ToException($"{Id} {member}", ContractErrors.Take(_link.ErrorSink, status), cancellationToken, isOfStream: true);
        }
    }

    private Turn Begin(ref int turn, bool isAble, string member)
    {
        Take(ref turn, isAble, member);
        return new Turn(ref turn);
    }

    private void Take(ref int turn, bool isAble, string member)
    {
        if (!isAble)
        {
            ThrowUnable(member);
        }

        if (Interlocked.Exchange(ref turn, 1) != 0)
        {
            throw new InvalidOperationException($"{member} was called before another call of this stream had ended: a stream is for one thread at a time.");
        }
    }

    [DoesNotReturn]
    private void ThrowUnable(string member)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        throw new NotSupportedException($"This stream has no {member}: {string.Join(", ", What())}.");

        IEnumerable<string> What()
        {
            yield return _isReadable ? "it can be read" : "it cannot be read";
            yield return _isWritable ? "can be written" : "cannot be written";
            yield return _isSeekable ? "and can seek" : "and cannot seek";
        }
    }

    /// <summary>One call, until its end.</summary>
    private readonly ref struct Turn(ref int turn)
    {
        private readonly ref int _turn = ref turn;

        public void Dispose() => Volatile.Write(ref _turn, 0);
    }
}
