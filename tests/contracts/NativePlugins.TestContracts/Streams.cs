using System.Runtime.CompilerServices;

namespace NativePlugins.TestContracts;

/// <summary>Gives and takes streams, in C#.</summary>
public class Streams : Signals, IStreams
{
    private int _open;
    private IAsyncEnumerator<string>? _kept;

    /// <inheritdoc/>
    public IAsyncEnumerable<int> Count(int count, int failAt) => CountSlowly(count, failAt);

    /// <inheritdoc/>
    public IAsyncEnumerable<Person?>? NameAll(IReadOnlyList<string>? names) => names is null ? null : NameEach(names);

    /// <inheritdoc/>
    public IAsyncEnumerable<long> Wait() => WaitLong();

    /// <inheritdoc/>
    int IStreams.CountOpen() => Volatile.Read(ref _open);

    /// <inheritdoc/>
    public async Task<long> Sum(IAsyncEnumerable<int> numbers, int most, CancellationToken cancellationToken)
    {
        long sum = 0;
        await foreach (int number in numbers.WithCancellation(cancellationToken))
        {
            if (most-- == 0)
            {
                break;
            }

            sum += number;
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool Keep(IAsyncEnumerable<string>? texts)
    {
        _kept = texts?.GetAsyncEnumerator();
        return _kept is not null;
    }

    /// <inheritdoc/>
    public async Task<string?> NextKept()
    {
        if (await _kept!.MoveNextAsync().ConfigureAwait(false))
        {
            return _kept.Current;
        }

        await _kept.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private static async IAsyncEnumerable<Person?> NameEach(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            await Task.Yield();
            yield return name.Length == 0 ? null : new Person(name, 36) { Mode = Mode.Fast };
        }
    }

    private async IAsyncEnumerable<int> CountSlowly(int count, int failAt, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _open);
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (i % 10 == 9)
                {
                    await Task.Yield();
                }

                cancellationToken.ThrowIfCancellationRequested();
                yield return i == failAt ? throw new NotSupportedException($"not {i}") : i;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async IAsyncEnumerable<long> WaitLong([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _open);
        try
        {
            yield return 1;
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}
