using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Data and collections. Each member gives back what it got.</summary>
[PluginContract("test.records")]
public partial interface IRecords
{
    /// <summary>The same person.</summary>
    /// <param name="value">A person.</param>
    Person EchoPerson(Person value);

    /// <summary>The same person, or null.</summary>
    Person? EchoOptional(Person? value);

    /// <summary>The same struct.</summary>
    Address EchoAddress(Address value);

    /// <summary>The same struct, or null.</summary>
    Address? EchoOptionalAddress(Address? value);

    /// <summary>The same tree.</summary>
    Node EchoNode(Node value);

    /// <summary>The same shelf.</summary>
    Shelf EchoShelf(Shelf value);

    /// <summary>The same texts.</summary>
    IReadOnlyList<string> EchoTexts(IReadOnlyList<string> value);

    /// <summary>The same numbers, or null.</summary>
    List<long>? EchoNumbers(List<long>? value);

    /// <summary>The same structs.</summary>
    IReadOnlyList<Point> EchoPoints(IReadOnlyList<Point> value);

    /// <summary>The same people.</summary>
    Person?[] EchoPeople(Person?[] value);

    /// <summary>The same people by name.</summary>
    IReadOnlyDictionary<string, Person> EchoDirectory(IReadOnlyDictionary<string, Person> value);

    /// <summary>The same set.</summary>
    IReadOnlySet<int> EchoSet(IReadOnlySet<int> value);

    /// <summary>The same tuple.</summary>
    (int Number, string Text) EchoPair((int Number, string Text) value);

    /// <summary>The same tuple, or null.</summary>
    (byte Small, double Large, Guid Id)? EchoTriple((byte Small, double Large, Guid Id)? value);

    /// <summary>The sum of all coordinates.</summary>
    double Sum(IReadOnlyList<Point> points);

    /// <summary>The sum of all coordinates.</summary>
    double SumSpan(ReadOnlySpan<Point> points);

    /// <summary>The same data, which has grown.</summary>
    Growing EchoGrowing(Growing value);

    /// <summary>The same people, later.</summary>
    ValueTask<IReadOnlyList<Person>> EchoPeopleLater(IReadOnlyList<Person> value);

    /// <summary>The same person, or null, later.</summary>
    Task<Person?> EchoOptionalLater(Person? value);
}
