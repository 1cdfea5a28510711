using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>A stream of the other side's, whose items are pulled, so many at a time as the other side has. For generated code.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="owner">The object behind it.</param>
/// <param name="next">Waits for the next items, and at most as many as it is told.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Naming", "CA1710", Justification = "It is nothing that its user names.")]
public sealed class StreamItems<T>(IAsyncDisposable owner, Func<uint, CancellationToken, ValueTask<T[]>> next) : IAsyncEnumerable<T>
{
    /// <summary>The most items that come at once.</summary>
    public const int MostAtOnce = 256;

    private int _isBegun;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It has been enumerated: its items come once.</exception>
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Interlocked.Exchange(ref _isBegun, 1) == 0
        ? new Enumerator(owner, Enumerate(cancellationToken))
        : throw new InvalidOperationException("The items of a stream of the other side's come once, and it has been enumerated.");

    private async IAsyncEnumerator<T> Enumerate(CancellationToken cancellationToken)
    {
        while (true)
        {
            T[] items = await next(MostAtOnce, cancellationToken).ConfigureAwait(false);
            if (items.Length > MostAtOnce)
            {
                string message = $"{items.Length} items came at once; {MostAtOnce} at most were asked for.";
                throw owner is IStreamProxy proxy ? DataCalls.Fault(proxy.Side, "Next", message) : new InvalidDataException(message);
            }

            foreach (T item in items)
            {
                yield return item;
            }

            if (items.Length == 0)
            {
                yield break;
            }
        }
    }

    // An iterator that is disposed of before its first step runs nothing of its body, so the end of the owner has no place there.
    private sealed class Enumerator(IAsyncDisposable owner, IAsyncEnumerator<T> items) : IAsyncEnumerator<T>
    {
        public T Current => items.Current;

        public ValueTask<bool> MoveNextAsync() => items.MoveNextAsync();

        public async ValueTask DisposeAsync()
        {
            try
            {
                await items.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                await owner.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}

/// <summary>The proxy of a stream of the other side's. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStreamProxy
{
    /// <summary>Makes exceptions of what the other side does wrong.</summary>
    ContractSide Side { get; }
}
