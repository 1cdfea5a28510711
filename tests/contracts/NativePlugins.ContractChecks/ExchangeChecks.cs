using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What holds for out and ref of what has pointers, whoever implements the contract.</summary>
public static class ExchangeChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IExchange>> All { get; } = new Dictionary<string, Action<IExchange>>
    {
        [nameof(Random_data_comes_back_through_out)] = Random_data_comes_back_through_out,
        [nameof(An_out_parameter_may_be_null)] = An_out_parameter_may_be_null,
        [nameof(An_out_parameter_comes_beside_a_result)] = An_out_parameter_comes_beside_a_result,
        [nameof(A_ref_parameter_goes_there_and_comes_back)] = A_ref_parameter_goes_there_and_comes_back,
        [nameof(What_a_call_that_fails_has_put_is_not_seen)] = What_a_call_that_fails_has_put_is_not_seen,
        [nameof(Null_where_the_type_has_none_is_refused)] = Null_where_the_type_has_none_is_refused,
    };

    /// <summary>Data of a seed through each parameter.</summary>
    public static void RoundTrip(IExchange exchange, Random random)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(random);
        string text = RecordSample.Text(random);
        string? optional = random.Next(2) == 0 ? null : RecordSample.Text(random);
        Person person = RecordSample.Person(random, 2);
        string[] texts = RecordSample.Items(random, RecordSample.Text);
        int[] numbers = RecordSample.Items(random, r => r.Next());
        Figure? figure = random.Next(3) == 0 ? null : FigureSample.Figure(random, 2);
        exchange.Spread(
            text, optional, person, texts, numbers, figure, out string outText, out string? outOptional, out Person outPerson, out IReadOnlyList<string> outTexts, out int[] outNumbers, out Figure? outFigure);
        Check.Equal((text, optional, RecordText.Of(person)), (outText, outOptional, RecordText.Of(outPerson)));
        Check.Same<string>(texts, outTexts.ToArray());
        Check.Same<int>(numbers, outNumbers);
        Check.Equal(RecordText.Of(figure), RecordText.Of(outFigure));
    }

    private static void Random_data_comes_back_through_out(IExchange exchange)
    {
        var random = new Random(20261130);
        for (int i = 0; i < 200; i++)
        {
            RoundTrip(exchange, random);
        }
    }

    private static void An_out_parameter_may_be_null(IExchange exchange)
    {
        Check.True(exchange.TryFind("Ada", out Person? ada) && RecordText.Of(ada) == RecordText.Of(new Person("Ada", 36) { Mode = Mode.Fast }), $"found {RecordText.Of(ada)}");
        Check.True(!exchange.TryFind("Bob", out Person? bob) && bob is null, $"found {RecordText.Of(bob)}");
    }

    private static void An_out_parameter_comes_beside_a_result(IExchange exchange)
    {
        foreach (string text in new[] { "", "ä€😀\0", new string('x', 100_000) })
        {
            int bytes = System.Text.Encoding.UTF8.GetByteCount(text);
            Check.Equal(text, exchange.Measure(text, out int length, out (int, string?) both));
            Check.Equal((bytes, (bytes, text)), (length, both));
        }
    }

    private static void A_ref_parameter_goes_there_and_comes_back(IExchange exchange)
    {
        string text = "ä";
        string? optional = null;
        Address? address = null;
        List<long>? numbers = null;
        Point[] points = [new Point(1, 2), new Point(3, 4)];
        (int Number, string Text) pair = (41, "answer");
        exchange.Change(ref text, ref optional, ref address, ref numbers, ref points, ref pair);
        Check.Equal(("ä!", "text", (42, "answer")), (text, optional, pair));
        Check.Equal(new Address("street", new Point(1, 2)), address);
        Check.Same<long>([1, 2, 3], numbers!.ToArray());
        Check.Same<Point>([new Point(1, 2), new Point(3, 4)], points);
        exchange.Change(ref text, ref optional, ref address, ref numbers, ref points, ref pair);
        Check.Equal(("ä!!", null, null, null, (43, "answer")), (text, optional, address, numbers, pair));
    }

    private static void What_a_call_that_fails_has_put_is_not_seen(IExchange exchange)
    {
        string text = "fail";
        string? optional = "kept";
        Address? address = new Address("kept", default);
        List<long>? numbers = [1];
        Point[] points = [];
        (int Number, string Text) pair = (1, "kept");
        Check.Throws<InvalidOperationException>(() => exchange.Change(ref text, ref optional, ref address, ref numbers, ref points, ref pair));
        Check.Equal(("fail", "kept", "kept", 1, (1, "kept")), (text, optional, address!.Value.Street, numbers!.Count, pair));
    }

    private static void Null_where_the_type_has_none_is_refused(IExchange exchange)
    {
        string text = "a";
        string? optional = null;
        Address? address = null;
        List<long>? numbers = null;
        Point[] points = null!;
        (int Number, string Text) pair = (1, "a");
        Check.Throws<InvalidDataException>(() => exchange.Change(ref text, ref optional, ref address, ref numbers, ref points, ref pair));
        points = [];
        pair.Text = null!;
        Check.Throws<InvalidDataException>(() => exchange.Change(ref text, ref optional, ref address, ref numbers, ref points, ref pair));
        Check.Equal("a", text);
    }
}
