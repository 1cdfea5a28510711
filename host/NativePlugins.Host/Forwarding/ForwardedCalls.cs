using System.Collections.Concurrent;
using NativePlugins.Abi;

namespace NativePlugins.Host.Forwarding;

/// <summary>
/// The calls between two processes by contracts, as one of them sees them: what it lets the other call, and what it waits for. Both have one
/// of these. Neither believes what the other sends. Thread-safe.
/// </summary>
/// <param name="remote">The way to the other side.</param>
internal sealed class ForwardedCalls(IRemoteCalls remote)
{
    private readonly ConcurrentDictionary<uint, NativeTable> _tables = new();
    private readonly ConcurrentDictionary<uint, PendingCompletion> _pending = new();
    private readonly ConcurrentDictionary<uint, CancellationTokenSource> _cancellations = new();
    private uint _lastNumber;

    public IRemoteCalls Remote => remote;

    /// <summary>A number that nothing else has, and never 0.</summary>
    public uint NextNumber()
    {
        uint number;
        do
        {
            number = Interlocked.Increment(ref _lastNumber);
        }
        while (number == 0 || _tables.ContainsKey(number) || _pending.ContainsKey(number));
        return number;
    }

    /// <summary>Lets the other side call a table, until <see cref="Withdraw"/>.</summary>
    public uint Expose(NativeTable table) => Add(_tables, table);

    public void Withdraw(uint number) => _tables.TryRemove(number, out _);

    internal uint Expect(PendingCompletion pending) => Add(_pending, pending);

    internal bool TryTake(uint number) => _pending.TryRemove(number, out _);

    internal void Add(uint number, CancellationTokenSource source)
    {
        if (!_cancellations.TryAdd(number, source))
        {
            throw new MessageException($"a second cancellation {number}");
        }
    }

    internal void Remove(uint number) => _cancellations.TryRemove(number, out _);

    /// <summary>Calls a function of this side for the other one.</summary>
    /// <param name="table">The number of the table.</param>
    /// <param name="slot">The number of the function.</param>
    /// <param name="arguments">The arguments. Nothing of them has been checked.</param>
    /// <param name="answer">Takes what the function gives.</param>
    /// <returns>The function's status.</returns>
    /// <exception cref="MessageException">There is no such function, or the arguments are not its own.</exception>
    public int Serve(uint table, uint slot, ReadOnlySpan<byte> arguments, MessageWriter answer)
    {
        if (!_tables.TryGetValue(table, out NativeTable? target))
        {
            // It was lent for a call that has ended.
            answer.UInt32(0);
            answer.UInt32(0);
            return np.NP_E_INVALID_STATE;
        }

        return slot < (uint)target.Plan.Functions.Length
            ? ServedCall.Run(this, target, (int)slot, arguments, answer)
            : throw new MessageException($"a call of function {slot} of {target.Plan.Functions.Length}");
    }

    /// <summary>Completes a call of the other side's function.</summary>
    /// <param name="number">The number that the call was given.</param>
    /// <param name="outcome">What came of it. Nothing of it has been checked.</param>
    /// <exception cref="MessageException">The outcome is none.</exception>
    public int Complete(uint number, ReadOnlySpan<byte> outcome)
    {
        if (!_pending.TryRemove(number, out PendingCompletion? pending))
        {
            return np.NP_E_INVALID_STATE;
        }

        var reader = new MessageReader(outcome);
        try
        {
            return pending.Complete(ref reader);
        }
        catch (MessageException e)
        {
            remote.Break(e);
            pending.Lose();
            throw;
        }
    }

    /// <summary>Cancels a call of the other side's; false if there is no such call (yet, or any more).</summary>
    public bool Cancel(uint number)
    {
        if (!_cancellations.TryGetValue(number, out CancellationTokenSource? source))
        {
            return false;
        }

        source.Cancel();
        return true;
    }

    /// <summary>The other side is gone: what waits for it does not wait any more.</summary>
    public void Lose()
    {
        foreach (uint number in _pending.Keys)
        {
            if (_pending.TryRemove(number, out PendingCompletion? pending))
            {
                pending.Lose();
            }
        }
    }

    private uint Add<T>(ConcurrentDictionary<uint, T> items, T item)
    {
        uint number;
        do
        {
            number = NextNumber();
        }
        while (!items.TryAdd(number, item));
        return number;
    }
}
