using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What holds for data and collections, whoever implements them.</summary>
public static class RecordChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IRecords>> All { get; } = new Dictionary<string, Action<IRecords>>
    {
        [nameof(Random_data_arrives)] = Random_data_arrives,
        [nameof(Null_is_a_value_where_the_type_says_so)] = Null_is_a_value_where_the_type_says_so,
        [nameof(Empty_collections_are_not_null)] = Empty_collections_are_not_null,
        [nameof(Collections_of_each_kind_arrive)] = Collections_of_each_kind_arrive,
        [nameof(Many_structs_arrive)] = Many_structs_arrive,
        [nameof(Tuples_arrive)] = Tuples_arrive,
        [nameof(Data_that_has_grown_arrives)] = Data_that_has_grown_arrives,
        [nameof(Data_comes_later)] = Data_comes_later,
        [nameof(Null_where_the_type_has_none_is_refused_with_the_member)] = Null_where_the_type_has_none_is_refused_with_the_member,
        [nameof(Data_that_contains_itself_is_refused)] = Data_that_contains_itself_is_refused,
    };

    /// <summary>Data of a seed in every position.</summary>
    public static void RoundTrip(IRecords records, Random random)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(random);
        Person person = RecordSample.Person(random, 3);
        Check.Equal(RecordText.Of(person), RecordText.Of(records.EchoPerson(person)));
        Check.Equal(RecordText.Of(person), RecordText.Of(records.EchoOptional(person)));
        Address address = RecordSample.Address(random);
        Check.Equal(address, records.EchoAddress(address));
        Check.Equal((Address?)address, records.EchoOptionalAddress(address));
        Node node = RecordSample.Node(random, 3);
        Check.Equal(RecordText.Of(node), RecordText.Of(records.EchoNode(node)));
        Shelf shelf = RecordSample.Shelf(random);
        Check.Equal(RecordText.Of(shelf), RecordText.Of(records.EchoShelf(shelf)));
        Person?[] people = RecordSample.Items(random, r => r.Next(3) == 0 ? null : RecordSample.Person(r, 1));
        Check.Equal(RecordText.Of(people, RecordText.Of), RecordText.Of(records.EchoPeople(people), RecordText.Of));
        Dictionary<string, Person> directory = people.OfType<Person>().Select((p, i) => ($"{i}", p)).ToDictionary(e => e.Item1, e => e.p);
        Check.Equal(
            RecordText.Of(directory, e => $"{e.Key}={RecordText.Of(e.Value)}"), RecordText.Of(records.EchoDirectory(directory), e => $"{e.Key}={RecordText.Of(e.Value)}"));
    }

    private static void Random_data_arrives(IRecords records)
    {
        var random = new Random(20261130);
        for (int i = 0; i < 200; i++)
        {
            RoundTrip(records, random);
        }
    }

    private static void Null_is_a_value_where_the_type_says_so(IRecords records)
    {
        Check.Equal((null, null, null), (records.EchoOptional(null), records.EchoOptionalAddress(null), records.EchoNumbers(null)));
        Check.Equal(null, records.EchoTriple(null));
        Check.Equal("[null, null]", RecordText.Of(records.EchoPeople([null, null]), RecordText.Of));
    }

    private static void Empty_collections_are_not_null(IRecords records)
    {
        Check.Equal((0, 0, 0), (records.EchoNumbers([])!.Count, records.EchoTexts([]).Count, records.EchoSet(new HashSet<int>()).Count));
        Shelf shelf = records.EchoShelf(new Shelf { Numbers = [], Ids = [], Prices = new Dictionary<string, decimal>(), Rows = [], Entries = [], Flags = [] });
        Check.Equal("([] [] [] [] [] [] [])", RecordText.Of(shelf));
    }

    private static void Collections_of_each_kind_arrive(IRecords records)
    {
        string[] texts = ["", "ä", "\0"];
        IReadOnlyList<string>[] kinds = [texts, [.. texts], new Queue<string>(texts).ToArray().AsReadOnly(), System.Collections.Immutable.ImmutableList.Create(texts)];
        foreach (IReadOnlyList<string> kind in kinds)
        {
            Check.Same<string>(texts, records.EchoTexts(kind).ToArray());
        }

        Check.Same<long>([long.MinValue, 0, long.MaxValue], records.EchoNumbers([long.MinValue, 0, long.MaxValue])!.ToArray());
        Check.True(records.EchoSet(new HashSet<int> { 3, 1, 2 }).SetEquals([1, 2, 3]), "the set is another one");
    }

    private static void Many_structs_arrive(IRecords records)
    {
        Point[] points = [.. Enumerable.Range(0, 10_000).Select(i => new Point(i, -i))];
        Check.Same<Point>(points, records.EchoPoints(points).ToArray());
        Check.Same<Point>(points, records.EchoPoints([.. points.AsEnumerable()]).ToArray());
        Check.Same<Point>(points, records.EchoPoints(points.ToList()).ToArray());
        Check.Equal((0.0, 0.0), (records.Sum(points), records.SumSpan(points)));
        Check.Equal((3.0, 0.0), (records.Sum([new Point(1, 2)]), records.Sum([])));
    }

    private static void Data_that_has_grown_arrives(IRecords records)
    {
        var grown = new Growing("Ada", 3) { Note = "first", IsOn = true };
        Check.Equal(grown, records.EchoGrowing(grown));
    }

    private static void Tuples_arrive(IRecords records)
    {
        Check.Equal((-1, "ä"), records.EchoPair((-1, "ä")));
        Guid id = ValueChecks.Id(new Random(1));
        Check.Equal(((byte)255, -0.5, id), records.EchoTriple((255, -0.5, id)));
    }

    private static void Data_comes_later(IRecords records)
    {
        Person[] people = [RecordSample.Person(new Random(1), 2), RecordSample.Person(new Random(2), 2)];
        Check.Equal(RecordText.Of(people, RecordText.Of), RecordText.Of(Check.Wait(records.EchoPeopleLater(people)), RecordText.Of));
        Check.Equal(null, Check.Wait(records.EchoOptionalLater(null)));
        Check.Equal(RecordText.Of(people[0]), RecordText.Of(Check.Wait(records.EchoOptionalLater(people[0]))));
    }

    private static void Null_where_the_type_has_none_is_refused_with_the_member(IRecords records)
    {
        InvalidDataException e = Check.Throws<InvalidDataException>(() => records.EchoPerson(new Person(null!, 1) { Mode = Mode.None }));
        Check.Equal("Person.Name is null, and its type says that it is not.", e.Message);
        Check.Throws<InvalidDataException>(() => records.EchoPerson(null!));
        Check.Throws<InvalidDataException>(() => records.EchoTexts([null!]));
        Check.Throws<InvalidDataException>(() => records.EchoTexts(null!));
    }

    private static void Data_that_contains_itself_is_refused(IRecords records)
    {
        var person = new Person("Ada", 36) { Mode = Mode.Fast };
        person.Partner = person;
        InvalidDataException e = Check.Throws<InvalidDataException>(() => records.EchoPerson(person));
        Check.True(e.Message.Contains("deeper than 64", StringComparison.Ordinal), $"the message is '{e.Message}'");
        person.Partner = null;
        Check.Equal("Ada", records.EchoPerson(person).Name);
    }
}
