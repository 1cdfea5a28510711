using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What delegates that cross must do, whoever calls them.</summary>
public static class CallbackChecks
{
    /// <summary>The one that needs a callee who keeps a delegate too long.</summary>
    public const string DelegateThatIsKept = nameof(A_delegate_is_refused_after_its_call);

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<ICallbacks>> All { get; } = new Dictionary<string, Action<ICallbacks>>
    {
        [nameof(A_delegate_is_called_in_order)] = A_delegate_is_called_in_order,
        [nameof(A_delegate_returns_a_value)] = A_delegate_returns_a_value,
        [nameof(A_delegate_may_be_missing_where_that_is_said)] = A_delegate_may_be_missing_where_that_is_said,
        [nameof(A_delegate_of_its_own_type_takes_data)] = A_delegate_of_its_own_type_takes_data,
        [nameof(A_delegate_takes_spans_and_references)] = A_delegate_takes_spans_and_references,
        [nameof(A_delegate_answers_later)] = A_delegate_answers_later,
        [nameof(A_delegate_is_cancelled_with_its_call)] = A_delegate_is_cancelled_with_its_call,
        [nameof(A_delegate_is_refused_after_its_call)] = A_delegate_is_refused_after_its_call,
        [nameof(A_delegate_takes_a_delegate)] = A_delegate_takes_a_delegate,
        [nameof(What_a_delegate_throws_reaches_its_caller)] = What_a_delegate_throws_reaches_its_caller,
        [nameof(What_a_delegate_throws_later_reaches_its_caller)] = What_a_delegate_throws_later_reaches_its_caller,
    };

    private static void A_delegate_is_called_in_order(ICallbacks callbacks)
    {
        List<int> seen = [];
        callbacks.VisitAll(1000, seen.Add);
        Check.Same<int>([.. Enumerable.Range(0, 1000)], [.. seen]);
    }

    private static void A_delegate_returns_a_value(ICallbacks callbacks) =>
        Check.Equal(2, callbacks.Count(["one", "two", "", "tönt"], text => text.StartsWith('t')));

    private static void A_delegate_may_be_missing_where_that_is_said(ICallbacks callbacks)
    {
        Check.Equal(3, callbacks.Count(["one", "two", ""], null));
        Check.Equal("visit", Check.Throws<ArgumentNullException>(() => callbacks.VisitAll(1, null!)).ParamName);
    }

    private static void A_delegate_of_its_own_type_takes_data(ICallbacks callbacks)
    {
        var ada = new Person("Ada", 36) { Mode = Mode.Fast, Tags = ["first"] };
        Check.Equal("Dr Ada, first", callbacks.Describe(ada, "Dr", (person, prefix) => $"{prefix} {person!.Name}, {person.Tags[0]}"));
        Check.Equal(null, callbacks.Describe(null, null, (person, prefix) => person is null && prefix is null ? null : "somebody"));
    }

    private static void A_delegate_takes_spans_and_references(ICallbacks callbacks)
    {
        Check.Equal(15L, callbacks.Combine([1, 2, 3, 4, 5], (ReadOnlySpan<int> parts, ref long whole) =>
        {
            foreach (int part in parts)
            {
                whole += part;
            }

            return true;
        }));
        Check.Equal(-1L, callbacks.Combine([1, 2], (ReadOnlySpan<int> parts, ref long whole) => false));
    }

    private static void A_delegate_answers_later(ICallbacks callbacks) => Check.Equal(45, Check.Wait(callbacks.SumLater(
        10,
        async (i, cancellationToken) =>
        {
            await Task.Yield();
            return i;
        },
        CancellationToken.None)));

    private static void A_delegate_is_cancelled_with_its_call(ICallbacks callbacks)
    {
        using var source = new CancellationTokenSource();
        Task<int> sum = callbacks.SumLater(
            2,
            async (i, cancellationToken) =>
            {
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return i;
            },
            source.Token);
        Check.Throws<OperationCanceledException>(() => Check.Wait(sum));
    }

    private static void A_delegate_is_refused_after_its_call(ICallbacks callbacks)
    {
        int called = 0;
        _ = callbacks.KeepTooLong(() => called++);
        Check.Equal("refused", callbacks.KeepTooLong(() => called++));
        Check.Equal(0, called);
    }

    private static void A_delegate_takes_a_delegate(ICallbacks callbacks)
    {
        callbacks.Nest((tell, progress) =>
        {
            Check.True(progress is null, "there is none");
            tell("told");
        });
        Check.Equal("told something else", Check.Throws<InvalidOperationException>(() => callbacks.Nest((tell, _) => tell("whatever"))).Message);
        Action<string>? kept = null;
        callbacks.Nest((tell, _) =>
        {
            kept = tell;
            tell("told");
        });
        Check.Throws<ObjectDisposedException>(() => kept!("too late"));
    }

    private static void What_a_delegate_throws_reaches_its_caller(ICallbacks callbacks)
    {
        int called = 0;
        Check.Equal("enough", Check.Throws<NotSupportedException>(() => callbacks.VisitAll(5, i => called += i < 2 ? 1 : throw new NotSupportedException("enough"))).Message);
        Check.Equal(2, called);
    }

    private static void What_a_delegate_throws_later_reaches_its_caller(ICallbacks callbacks) =>
        Check.Equal("at 1", Check.Throws<ArgumentException>(() => Check.Wait(callbacks.SumLater(
            2,
            async (i, _) =>
            {
                await Task.Yield();
                return i == 0 ? 0 : throw new ArgumentException($"at {i}");
            },
            CancellationToken.None))).Message);
}
