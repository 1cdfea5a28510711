using NativePlugins.Abi;

namespace NativePlugins.Contracts.Interop;

/// <content>The members that do not block. Where the other side has none of its own, its others run on a thread of the pool.</content>
internal sealed partial class ReceivedStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        Take(ref _reading, _isReadable, "ReadAsync");
        return new ValueTask<int>(!_readsLater
            ? OnPool(() => ReadInTurn(buffer.Span, cancellationToken), isWriting: false)
            : CountLater(CallReadAsync(buffer, cancellationToken), buffer.Length));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        Take(ref WriteTurn, _isWritable, "WriteAsync");
        return new ValueTask(!_writesLater
            ? OnPool(() => Done(() => WriteInTurn(buffer.Span, cancellationToken)), isWriting: true)
            : EndLater(CallWriteAsync(buffer, cancellationToken)));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        Take(ref WriteTurn, isAble: true, "FlushAsync");
        return !_flushesLater && _flushes
            ? OnPool(() => Done(() => FlushInTurn(cancellationToken)), isWriting: true)
            : EndLater(CallFlushAsync(cancellationToken));
    }

    public override IAsyncResult BeginRead(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(ReadAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override int EndRead(IAsyncResult asyncResult) => TaskToAsyncResult.End<int>(asyncResult);

    public override IAsyncResult BeginWrite(byte[] buffer, int offset, int count, AsyncCallback? callback, object? state) =>
        TaskToAsyncResult.Begin(WriteAsync(buffer, offset, count, CancellationToken.None), callback, state);

    public override void EndWrite(IAsyncResult asyncResult) => TaskToAsyncResult.End(asyncResult);

    /// <summary>Ends the stream on the other side, and waits for that without a thread.</summary>
    public override async ValueTask DisposeAsync()
    {
        _isClosed = true;
        try
        {
            await ObjectLink.DisposeAsync(_link).ConfigureAwait(false);
        }
        finally
        {
            await base.DisposeAsync().ConfigureAwait(false);
        }
    }

    private unsafe Task<nuint> CallReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        AsyncCall<nuint, ValueShape<nuint>>? call = null;
        try
        {
            using ObjectLease lease = _link.Enter();
            call = new AsyncCall<nuint, ValueShape<nuint>>(_link.Hold(), _link.Side, $"{Id} ReadAsync", cancellationToken) { IsOfStream = true };
            nint start = call.Pin<byte>(buffer);
            int status = ((np_stream*)lease.Table)->read_async(
                (void*)call.Context, (void*)start, (nuint)buffer.Length, (np_cancellation*)call.Cancellation, (np_completion*)call.Completion, Sink);
            return call.Returned(status, (nint)Sink);
        }
        catch (Exception e)
        {
            return AsyncCall<nuint, ValueShape<nuint>>.NotCalled(call, e);
        }
    }

    private unsafe Task<bool> CallWriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        AsyncCall<bool, NoShape>? call = null;
        try
        {
            using ObjectLease lease = _link.Enter();
            call = new AsyncCall<bool, NoShape>(_link.Hold(), _link.Side, $"{Id} WriteAsync", cancellationToken) { IsOfStream = true };
            nint start = call.Pin(data);
            int status = ((np_stream*)lease.Table)->write_async(
                (void*)call.Context, (void*)start, (nuint)data.Length, (np_cancellation*)call.Cancellation, (np_completion*)call.Completion, Sink);
            return call.Returned(status, (nint)Sink);
        }
        catch (Exception e)
        {
            return AsyncCall<bool, NoShape>.NotCalled(call, e);
        }
    }

    private unsafe Task<bool> CallFlushAsync(CancellationToken cancellationToken)
    {
        AsyncCall<bool, NoShape>? call = null;
        try
        {
            using ObjectLease lease = _link.Enter();
            if (!_flushesLater)
            {
                return Task.FromResult(true);
            }

            call = new AsyncCall<bool, NoShape>(_link.Hold(), _link.Side, $"{Id} FlushAsync", cancellationToken) { IsOfStream = true };
            int status = ((np_stream*)lease.Table)->flush_async((void*)call.Context, (np_cancellation*)call.Cancellation, (np_completion*)call.Completion, Sink);
            return call.Returned(status, (nint)Sink);
        }
        catch (Exception e)
        {
            return AsyncCall<bool, NoShape>.NotCalled(call, e);
        }
    }

    private async Task<int> CountLater(Task<nuint> reading, int most)
    {
        try
        {
            return Counted(await reading.ConfigureAwait(false), most);
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }

    private async Task EndLater(Task<bool> ending)
    {
        try
        {
            await ending.ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref WriteTurn, 0);
        }
    }

    private async Task<int> OnPool(Func<int> call, bool isWriting)
    {
        try
        {
            return await Task.Run(call).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref isWriting ? ref WriteTurn : ref _reading, 0);
        }
    }

    private static int Done(Action call)
    {
        call();
        return 0;
    }
}
