namespace NativePlugins.TestContracts;

/// <summary>Calls back by delegates, in C#.</summary>
public class Callbacks : Exchange, ICallbacks
{
    private Action? _kept;

    /// <inheritdoc/>
    public void VisitAll(int count, Action<int> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        for (int i = 0; i < count; i++)
        {
            visit(i);
        }
    }

    /// <inheritdoc/>
    public int Count(IReadOnlyList<string> texts, Func<string, bool>? matches) => matches is null ? texts.Count : texts.Count(matches);

    /// <inheritdoc/>
    public string? Describe(Person? person, string? prefix, Describer describer) => describer?.Invoke(person, prefix);

    /// <inheritdoc/>
    public long Combine(ReadOnlySpan<int> values, Combiner combiner)
    {
        ArgumentNullException.ThrowIfNull(combiner);
        long whole = 0;
        return combiner(values[..(values.Length / 2)], ref whole) && combiner(values[(values.Length / 2)..], ref whole) ? whole : -1;
    }

    /// <inheritdoc/>
    public async Task<int> SumLater(int count, Func<int, CancellationToken, Task<int>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        await Task.Yield();
        int sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += await read(i, cancellationToken).ConfigureAwait(false);
        }

        return sum;
    }

    /// <inheritdoc/>
    public string KeepTooLong(Action done)
    {
        Action? before = _kept;
        _kept = done;
        try
        {
            before?.Invoke();
            return before is null ? "" : "it was called";
        }
        catch (ObjectDisposedException)
        {
            return "refused";
        }
    }

    /// <inheritdoc/>
    public void Nest(Action<Action<string>, IProgressSink?> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        List<string> taken = [];
        take(
            text =>
            {
                taken.Add(text);
                if (text != "told")
                {
                    throw new InvalidOperationException("told something else");
                }
            },
            null);
        if (taken is not ["told"])
        {
            throw new InvalidDataException("not told once");
        }
    }
}
