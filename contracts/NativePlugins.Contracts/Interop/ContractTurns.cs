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

    /// <summary>Waits for the turn of a call that ends on the thread that began it.</summary>
    /// <exception cref="InvalidOperationException">The thread is inside a call already, which would wait for itself.</exception>
    public Turn Enter()
    {
        if (_holder == Thread.CurrentThread)
        {
            throw new InvalidOperationException(
                "The contract is Serialized, and this thread is inside a call of it: the second call would wait for the first for ever.");
        }

        _turn.Wait();
        _holder = Thread.CurrentThread;
        return new Turn(this);
    }

    /// <summary>Waits for the turn of a call that may end on any thread.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        if (_holder == Thread.CurrentThread)
        {
            throw new InvalidOperationException(
                "The contract is Serialized, and this thread is inside a call of it: the second call would wait for the first for ever.");
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(this);
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
