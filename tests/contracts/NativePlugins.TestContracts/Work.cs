using System.Collections.Concurrent;

namespace NativePlugins.TestContracts;

/// <summary>The contract's members in C#.</summary>
public class Work : Types, IWork
{
    private readonly ConcurrentQueue<TaskCompletionSource> _waiting = new();

    /// <inheritdoc/>
    public int Add(int a, int b) => unchecked(a + b);

    /// <inheritdoc/>
    public int AddFast(int a, int b) => unchecked(a + b);

    /// <inheritdoc/>
    public int Count(int steps, IProgressSink progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        return CountOptional(steps, progress);
    }

    /// <inheritdoc/>
    public int CountOptional(int steps, IProgressSink? progress)
    {
        for (int i = 1; i <= steps; i++)
        {
            if (progress is not null && !progress.Report((double)i / steps, $"step {i}"))
            {
                return i;
            }
        }

        return steps;
    }

    /// <inheritdoc/>
    public void Fail(string how)
    {
        switch (how)
        {
            case "argument":
                throw new ArgumentException("bad argument", nameof(how));
            case "operation":
                throw new InvalidOperationException("bad operation");
            case "supported":
                throw new NotSupportedException("not supported");
            case "cancelled":
                throw new OperationCanceledException("cancelled by itself");
            case "memory":
                throw new InsufficientMemoryException("no memory");
            case "other":
                throw new TimeoutException("too late", new IOException("the disk"));
        }
    }

    /// <inheritdoc/>
    public bool WaitForCancellation(IProgressSink? progress, CancellationToken cancellationToken)
    {
        progress?.Report(0, "waiting");
        return cancellationToken.CanBeCanceled && cancellationToken.WaitHandle.WaitOne();
    }

    /// <inheritdoc/>
    public async ValueTask<int> AddLater(int a, int b, bool isLater)
    {
        if (isLater)
        {
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiting);
            await waiting.Task.ConfigureAwait(false);
        }

        return unchecked(a + b);
    }

    /// <inheritdoc/>
    public void Complete()
    {
        while (_waiting.TryDequeue(out TaskCompletionSource? waiting))
        {
            waiting.SetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask Reverse(Memory<byte> bytes, ReadOnlyMemory<byte> added, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        bytes.Span.Reverse();
        for (int i = 0; i < Math.Min(bytes.Length, added.Length); i++)
        {
            bytes.Span[i] = unchecked((byte)(bytes.Span[i] + added.Span[i]));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string> EchoText(string value, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return value;
    }

    /// <inheritdoc/>
    public async ValueTask<Box[]> EchoBoxes(ReadOnlyMemory<Box> values)
    {
        await Task.Yield();
        return values.ToArray();
    }

    /// <inheritdoc/>
    public ValueTask<bool> Negate(bool value) => new(!value);

    /// <inheritdoc/>
    public async ValueTask WaitLater(CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask FailLater(string how)
    {
        await Task.Yield();
        Fail(how);
    }

    /// <inheritdoc/>
    public async ValueTask<int> CountLater(int steps, IProgressSink progress, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Count(steps, progress);
    }
}
