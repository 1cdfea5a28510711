using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.Contracts.Interop;

/// <summary>
/// A stream of this side's, from which the other side pulls: each time what there is without waiting, but at least one item. For generated code.
/// </summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="items">The stream.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1001", Justification = "Neither holds anything but memory without a timer or a wait handle, and a late call still finds them.")]
public sealed class StreamSource<T>(IAsyncEnumerable<T> items) : IAsyncDisposable
{
    private const int MaxAtOnce = 4096;

    // How long who ends the enumeration waits for an iterator that does not heed its token.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IAsyncEnumerator<T>? _enumerator;
    private Task<bool>? _moving;
    private Exception? _failure;
    private bool _isOver;

    /// <summary>The next items, one or more; none at the end. What the stream throws comes after the items before it.</summary>
    /// <param name="most">How many there may be; 1 or more.</param>
    /// <param name="cancellationToken">Cancels the whole enumeration.</param>
    /// <exception cref="InvalidOperationException">Another call has not completed.</exception>
    public async ValueTask<T[]> NextAsync(uint most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(most);
        if (!await _turn.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
        {
            throw new InvalidOperationException("The next items of a stream were asked for before the last ones had come.");
        }

        try
        {
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
            return await TakeAsync((int)Math.Min(most, MaxAtOnce)).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the enumeration. What it waits for is cancelled; what does not heed that within a second ends when it likes.</summary>
    public async ValueTask DisposeAsync()
    {
        Task ending = EndInTurnAsync();
        await ending.WaitAsync(s_patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ending.IsCompleted)
        {
            await ending.ConfigureAwait(false);
        }
    }

    private async Task EndInTurnAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await EndAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<T[]> TakeAsync(int most)
    {
        if (_failure is not null || _isOver)
        {
            Exception? failure = _failure;
            _failure = null;
            return failure is null ? [] : throw failure;
        }

        List<T> taken = [];
        try
        {
            _enumerator ??= items.GetAsyncEnumerator(_stop.Token);
            while (taken.Count < most)
            {
                ValueTask<bool> moving = _moving is null ? _enumerator.MoveNextAsync() : new ValueTask<bool>(_moving);
                if (taken.Count > 0 && !moving.IsCompleted)
                {
                    // What there is goes now; the next call waits for this.
                    _moving = moving.AsTask();
                    break;
                }

                _moving = null;
                if (!await moving.ConfigureAwait(false))
                {
                    await EndAsync().ConfigureAwait(false);
                    break;
                }

                taken.Add(_enumerator.Current);
            }
        }
        catch (Exception e) when (taken.Count > 0)
        {
            (_failure, _isOver) = (e, true);
        }
        catch
        {
            _isOver = true;
            throw;
        }

        return [.. taken];
    }

    private async ValueTask EndAsync()
    {
        _isOver = true;
        IAsyncEnumerator<T>? enumerator = _enumerator;
        _enumerator = null;
        if (_moving is { } moving)
        {
            _moving = null;
            await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (enumerator is not null)
        {
            await enumerator.DisposeAsync().ConfigureAwait(false);
        }
    }
}
