namespace NativePlugins.TestContracts;

/// <summary>A stream that is read, written and can seek, and that tells of its beginning and its end.</summary>
public class OwnStream : MemoryStream
{
    private readonly Action<int> _change;
    private int _isOver;

    /// <summary>Begins.</summary>
    /// <param name="change">1 now, -1 at the end.</param>
    public OwnStream(Action<int> change)
    {
        _change = change;
        change(1);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _change(-1);
        }
    }
}

/// <summary>The bytes 0, 1, 2 and so on, each the remainder by 251.</summary>
/// <param name="count">How many.</param>
/// <param name="most">How many it reads at once at most; 0 for any number.</param>
/// <param name="failAt">Where it fails with an I/O error; -1 for nowhere, -2 for its end.</param>
/// <param name="change">1 now, -1 at the end.</param>
public sealed class CountingStream(int count, int most, int failAt, Action<int> change) : OwnStream(change)
{
    private int _next;
    private bool _isClosed;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <summary>The first of its bytes.</summary>
    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i % 251))];

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(count - _next, most == 0 ? buffer.Length : Math.Min(most, buffer.Length));
        length = failAt >= _next ? Math.Min(length, failAt - _next) : length;
        if (failAt == _next && buffer.Length > 0)
        {
            throw new IOException("a bad sector");
        }

        for (int i = 0; i < length; i++)
        {
            buffer[i] = (byte)(_next++ % 251);
        }

        return length;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return Read(buffer.Span);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (failAt == -2 && disposing && !_isClosed)
        {
            _isClosed = true;
            throw new IOException("the disk is full");
        }
    }
}

/// <summary>Takes bytes.</summary>
/// <param name="change">1 now, -1 at the end.</param>
/// <param name="written">Is told how many bytes come.</param>
/// <param name="flushed">Is told of each flush.</param>
public sealed class DrainingStream(Action<int> change, Action<int> written, Action flushed) : OwnStream(change)
{
    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => written(buffer.Length);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        written(buffer.Length);
    }

    /// <inheritdoc/>
    public override void Flush() => flushed();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        flushed();
        return Task.CompletedTask;
    }
}

/// <summary>One byte, and then nothing until it is cancelled.</summary>
/// <param name="change">1 now, -1 at the end.</param>
public sealed class WaitingStream(Action<int> change) : OwnStream(change)
{
    private int _reads;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <summary>Only the first time.</summary>
    public override int Read(Span<byte> buffer)
    {
        buffer[0] = 1;
        return _reads++ == 0 ? 1 : throw new InvalidOperationException("It would wait for ever.");
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_reads++ == 0)
        {
            buffer.Span[0] = 1;
            return 1;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        return 0;
    }
}
