using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>Who may call a serialized contract: one at a time. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle was never asked for holds nothing.")]
public sealed class ContractTurns
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Thread? _holder;

    /// <summary>The turns of a contract's proxy; null where calls need none.</summary>
    /// <param name="contract">The contract.</param>
    public static ContractTurns? For(ContractDescriptor contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return contract.Threading == ContractThreading.Serialized ? new ContractTurns() : null;
    }

    /// <summary>Waits for the turn of a call that ends on the thread that began it.</summary>
    /// <exception cref="InvalidOperationException">The thread is inside a call already, which would wait for itself.</exception>
    public Turn Enter()
    {
        RequireOutside();
        _turn.Wait();
        _holder = Thread.CurrentThread;
        return new Turn(this);
    }

    /// <summary>Waits for the turn of a call that may end on any thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        RequireOutside();
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(this);
    }

    /// <summary>Between this and <see cref="HasBegun"/> the thread is inside the function of an asynchronous call.</summary>
    public void Begin() => _holder = Thread.CurrentThread;

    /// <summary>The function has returned.</summary>
    public void HasBegun() => _holder = null;

    private void RequireOutside()
    {
        if (_holder == Thread.CurrentThread)
        {
            throw new InvalidOperationException(
                "The contract is Serialized, and this thread is inside a call of it: the second call would wait for the first for ever.");
        }
    }

    private void Leave()
    {
        _holder = null;
        _turn.Release();
    }

    /// <summary>A turn, until it is disposed of: once.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "For generated code, which does not name it.")]
    [SuppressMessage("Performance", "CA1815", Justification = "Two of these are never compared.")]
    public readonly struct Turn : IDisposable
    {
        private readonly ContractTurns _turns;

        internal Turn(ContractTurns turns) => _turns = turns;

        /// <summary>Lets the next call in.</summary>
        public void Dispose() => _turns.Leave();
    }
}
