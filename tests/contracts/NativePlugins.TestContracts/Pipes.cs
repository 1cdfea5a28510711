namespace NativePlugins.TestContracts;

/// <summary>Gives and takes streams of bytes, in C#.</summary>
public class Pipes : Streams, IPipes
{
    private int _open;
    private long _drained;
    private int _flushes;
    private Stream? _kept;

    /// <inheritdoc/>
    public Stream Count(int count, int most, int failAt) => new CountingStream(count, most, failAt, Change);

    /// <inheritdoc/>
    public Stream? Store(bool isThere) => isThere ? new OwnStream(Change) : null;

    /// <inheritdoc/>
    public async ValueTask<Stream> StoreLater()
    {
        await Task.Yield();
        return new OwnStream(Change);
    }

    /// <inheritdoc/>
    public Task<Stream?> TryStoreLater(bool isThere) => Task.FromResult(Store(isThere));

    /// <inheritdoc/>
    public Stream Drain() => new DrainingStream(Change, bytes => Interlocked.Add(ref _drained, bytes), () => Interlocked.Increment(ref _flushes));

    /// <inheritdoc/>
    public void GetDrained(out long bytes, out int flushes) => (bytes, flushes) = (Volatile.Read(ref _drained), Volatile.Read(ref _flushes));

    /// <inheritdoc/>
    Stream IPipes.Wait() => new WaitingStream(Change);

    /// <inheritdoc/>
    int IPipes.CountOpen() => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public long Sum(Stream bytes)
    {
        using (bytes)
        {
            long sum = 0;
            Span<byte> buffer = stackalloc byte[100];
            while (bytes.Read(buffer) is > 0 and int count)
            {
                foreach (byte value in buffer[..count])
                {
                    sum += value;
                }
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public async Task<long> SumLater(Stream bytes, CancellationToken cancellationToken)
    {
        await using (bytes.ConfigureAwait(false))
        {
            long sum = 0;
            byte[] buffer = new byte[100];
            while (await bytes.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int count)
            {
                sum += buffer.Take(count).Sum(value => (long)value);
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public void Fill(Stream target, int count)
    {
        using (target)
        {
            target.Write(CountingStream.Bytes(count));
            target.Flush();
        }
    }

    /// <inheritdoc/>
    public async Task FillLater(Stream target, int count, CancellationToken cancellationToken)
    {
        await using (target.ConfigureAwait(false))
        {
            await target.WriteAsync(CountingStream.Bytes(count), cancellationToken).ConfigureAwait(false);
            await target.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public int Examine(Stream stream, out long length)
    {
        using (stream)
        {
            length = stream.CanSeek ? stream.Length : -1;
            if (stream is { CanSeek: true, CanWrite: true })
            {
                stream.SetLength(0);
            }

            return (stream.CanRead ? 1 : 0) | (stream.CanWrite ? 2 : 0) | (stream.CanSeek ? 4 : 0);
        }
    }

    /// <inheritdoc/>
    public bool Keep(Stream? stream)
    {
        _kept = stream;
        return stream is not null;
    }

    /// <inheritdoc/>
    public int ReadKept() => _kept!.ReadByte();

    /// <inheritdoc/>
    public void DropKept() => _kept?.Dispose();

    private void Change(int change) => Interlocked.Add(ref _open, change);
}
