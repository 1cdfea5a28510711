using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What streams that cross must do, whoever gives them.</summary>
public static class StreamChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IStreams>> All { get; } = new Dictionary<string, Action<IStreams>>
    {
        [nameof(All_items_come_in_order)] = streams => Check.Wait(All_items_come_in_order(streams)),
        [nameof(Items_that_are_data_come_and_null_among_them)] = streams => Check.Wait(Items_that_are_data_come_and_null_among_them(streams)),
        [nameof(What_a_stream_throws_comes_after_the_items_before_it)] = streams => Check.Wait(What_a_stream_throws_comes_after_the_items_before_it(streams)),
        [nameof(A_stream_that_is_left_early_is_closed)] = streams => Check.Wait(A_stream_that_is_left_early_is_closed(streams)),
        [nameof(A_stream_is_cancelled)] = streams => Check.Wait(A_stream_is_cancelled(streams)),
        [nameof(A_stream_is_enumerated_once)] = A_stream_is_enumerated_once,
        [nameof(A_stream_of_the_callers_is_pulled_to_its_end)] = streams => Check.Wait(A_stream_of_the_callers_is_pulled_to_its_end(streams)),
        [nameof(A_stream_of_the_callers_is_left_early)] = streams => Check.Wait(A_stream_of_the_callers_is_left_early(streams)),
        [nameof(What_a_stream_of_the_callers_throws_reaches_who_pulls)] = streams => Check.Wait(What_a_stream_of_the_callers_throws_reaches_who_pulls(streams)),
        [nameof(A_stream_of_the_callers_waits_until_it_is_pulled)] = streams => Check.Wait(A_stream_of_the_callers_waits_until_it_is_pulled(streams)),
        [nameof(A_stream_of_the_callers_is_cancelled)] = streams => Check.Wait(A_stream_of_the_callers_is_cancelled(streams)),
    };

    private static async Task All_items_come_in_order(IStreams streams)
    {
        foreach (int count in new[] { 0, 1, 10, 1000 })
        {
            List<int> numbers = [];
            await foreach (int number in streams.Count(count, -1))
            {
                numbers.Add(number);
            }

            Check.Same<int>([.. Enumerable.Range(0, count)], [.. numbers]);
        }

        Check.Equal(0, streams.CountOpen());
    }

    private static async Task Items_that_are_data_come_and_null_among_them(IStreams streams)
    {
        List<string?> names = [];
        await foreach (Person? person in streams.NameAll(["Ada", "", "Bob"])!)
        {
            names.Add(person?.Name);
        }

        Check.Same<string?>(["Ada", null, "Bob"], [.. names]);
        Check.True(streams.NameAll(null) is null, "there is no stream");
    }

    private static async Task What_a_stream_throws_comes_after_the_items_before_it(IStreams streams)
    {
        List<int> numbers = [];
        bool hasThrown = false;
        try
        {
            await foreach (int number in streams.Count(30, 25))
            {
                numbers.Add(number);
            }
        }
        catch (NotSupportedException)
        {
            hasThrown = true;
        }

        Check.True(hasThrown, "it throws");
        Check.Same<int>([.. Enumerable.Range(0, 25)], [.. numbers]);
        Check.Until(() => streams.CountOpen() == 0, "it is closed");
    }

    private static async Task A_stream_that_is_left_early_is_closed(IStreams streams)
    {
        await foreach (int number in streams.Count(100_000, -1))
        {
            Check.True(streams.CountOpen() > 0, "it is open");
            if (number == 3)
            {
                break;
            }
        }

        Check.Equal(0, streams.CountOpen());
    }

    private static async Task A_stream_is_cancelled(IStreams streams)
    {
        using var source = new CancellationTokenSource();
        bool isCancelled = false;
        try
        {
            await foreach (long number in streams.Wait().WithCancellation(source.Token))
            {
                Check.Equal(1L, number);
                source.CancelAfter(TimeSpan.FromMilliseconds(10));
            }
        }
        catch (OperationCanceledException e)
        {
            isCancelled = e.CancellationToken == source.Token;
        }

        Check.True(isCancelled, "it is cancelled, by that token");
        Check.Until(() => streams.CountOpen() == 0, "it is closed");
    }

    private static void A_stream_is_enumerated_once(IStreams streams)
    {
        IAsyncEnumerable<int> numbers = streams.Count(3, -1);
        IAsyncEnumerator<int> first = numbers.GetAsyncEnumerator();
        Check.Throws<InvalidOperationException>(() => numbers.GetAsyncEnumerator());
        Check.Equal(true, Check.Wait(first.MoveNextAsync()));
        Check.Wait(first.DisposeAsync());
        Check.Equal(0, streams.CountOpen());
    }

    private static async Task A_stream_of_the_callers_is_pulled_to_its_end(IStreams streams)
    {
        var own = new Streams();
        foreach (int count in new[] { 0, 1, 64, 1000 })
        {
            Check.Equal((long)count * (count - 1) / 2, await streams.Sum(own.Count(count, -1), int.MaxValue, CancellationToken.None));
        }

        Check.Until(() => ((IStreams)own).CountOpen() == 0, "they are closed");
    }

    private static async Task A_stream_of_the_callers_is_left_early(IStreams streams)
    {
        var own = new Streams();
        Check.Equal(10L, await streams.Sum(own.Count(1_000_000, -1), 5, CancellationToken.None));
        Check.Until(() => ((IStreams)own).CountOpen() == 0, "it is closed");
    }

    private static async Task What_a_stream_of_the_callers_throws_reaches_who_pulls(IStreams streams)
    {
        var own = new Streams();
        Task<long> sum = streams.Sum(own.Count(100, 70), int.MaxValue, CancellationToken.None);
        await Task.WhenAny(sum);
        Check.True(sum.Exception?.InnerException is NotSupportedException { Message: "not 70" }, $"it is {sum.Exception?.InnerException}");
        Check.Until(() => ((IStreams)own).CountOpen() == 0, "it is closed");
    }

    private static async Task A_stream_of_the_callers_waits_until_it_is_pulled(IStreams streams)
    {
        int made = 0;
        Check.True(!streams.Keep(null), "it is none");
        Check.True(streams.Keep(Make()), "it is one");
        for (int i = 1; i <= 3; i++)
        {
            Check.Equal($"{i}", await streams.NextKept());
            Check.True(made <= 256 && made >= i, $"it has made {made}");
        }

        Check.Equal(null, await streams.NextKept());

        async IAsyncEnumerable<string> Make()
        {
            while (made < 3)
            {
                await Task.Yield();
                yield return $"{++made}";
            }
        }
    }

    private static async Task A_stream_of_the_callers_is_cancelled(IStreams streams)
    {
        using var source = new CancellationTokenSource();
        bool isClosed = false;
        Task<long> sum = streams.Sum(Make(), int.MaxValue, source.Token);
        await source.CancelAsync();
        await Task.WhenAny(sum);
        Check.True(sum.IsCanceled, $"it is {sum.Status}");
        Check.Until(() => Volatile.Read(ref isClosed), "it is closed");

        async IAsyncEnumerable<int> Make([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                yield return 1;
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Volatile.Write(ref isClosed, true);
            }
        }
    }
}
